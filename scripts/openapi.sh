#!/usr/bin/env bash
# Writes openapi/openapi.json again from the handlers.
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
cd "$ROOT"
cargo run --locked --quiet --package dialog-api --bin dialog -- openapi >openapi/openapi.json.new
mv openapi/openapi.json.new openapi/openapi.json
