#!/usr/bin/env bash
# The code is formatted as rustfmt does it.
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
cd "$ROOT"
cargo fmt --all --check
