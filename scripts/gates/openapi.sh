#!/usr/bin/env bash
# openapi/openapi.json is what the handlers say.
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
cd "$ROOT"
cargo run --locked --quiet --package dialog-api --bin dialog -- openapi --check openapi/openapi.json
