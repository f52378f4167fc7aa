#!/usr/bin/env bash
# Clippy on the server's crates, tests included.
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
cd "$ROOT"
cargo clippy --locked --all-targets --all-features -- -D warnings
