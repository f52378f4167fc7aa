#!/usr/bin/env bash
# The tests of the browser application that need no browser.
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
cd "$ROOT"
cargo test --locked --package dialog-frontend
