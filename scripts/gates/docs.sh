#!/usr/bin/env bash
# The crates' documentation builds without a warning: links lead somewhere.
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
cd "$ROOT"
RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --all-features --document-private-items
