#!/usr/bin/env bash
# Builds the browser application into frontend/dist, when a source is newer than the last build with this profile.
# Usage: build-frontend.sh PROFILE   (the profiles of frontend/build.sh)
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

profile=${1:?"usage: build-frontend.sh PROFILE"}
cd "$ROOT"
stamp=$ROOT/frontend/dist/.built-with
sources=(Cargo.toml Cargo.lock frontend crates/domain crates/text crates/api-types crates/client)
if [ "$(cat "$stamp" 2>/dev/null)" = "$profile" ]; then
  newer=$(find "${sources[@]}" \( -name node_modules -o -name dist -o -name target \) -prune -o -type f -newer "$stamp" -print -quit)
  if [ -z "$newer" ]; then
    say "browser application: up to date"
    exit 0
  fi
fi

say "building the browser application ($profile)"
if [ ! -d frontend/node_modules ] || [ frontend/package-lock.json -nt frontend/node_modules/.package-lock.json ]; then
  # Packages ship their programs; none needs its installation script, which could download anything.
  quietly "$DIALOG_CACHE_DIR/logs/npm-frontend.log" npm --prefix frontend ci --no-audit --no-fund
fi
export RUSTUP_TOOLCHAIN=$WASM_TOOLCHAIN CARGO_TARGET_DIR=$DIALOG_WASM_TARGET_DIR
export PATH=$ROOT/frontend/node_modules/.bin:$PATH
# A file saved during the build is newer than the stamp, so the next build sees it.
started=$(mktemp)
quietly "$DIALOG_CACHE_DIR/logs/frontend-$profile.log" frontend/build.sh "$profile"
echo "$profile" >"$stamp"
touch -r "$started" "$stamp"
rm -f "$started"
say "browser application built"
