#!/usr/bin/env bash
# The browser application, built as it is deployed, stays under 600 kB of compressed WebAssembly.
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
LIMIT=600000
"$ROOT/scripts/build-frontend.sh" release
wasm=$(find "$ROOT/frontend/dist" -name '*.wasm.br' -printf '%s\n' | awk '{ n += $1 } END { print n + 0 }')
scripts=$(find "$ROOT/frontend/dist" \( -name '*.js.br' -o -name '*.mjs.br' \) -printf '%s\n' | awk '{ n += $1 } END { print n + 0 }')
echo "WebAssembly: $wasm bytes with brotli (at most $LIMIT); JavaScript: $scripts bytes"
[ "$wasm" -gt 0 ] && [ "$wasm" -le "$LIMIT" ]
