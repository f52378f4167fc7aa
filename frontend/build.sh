#!/usr/bin/env bash
# Builds the browser application into frontend/dist, or into another folder of frontend.
#
#   frontend/build.sh quick [FOLDER]     fast to compile, for a first look; with the page of the components
#   frontend/build.sh release [FOLDER]   small: size-optimised, cut in parts, wasm-opt, compressed files
#
# DIALOG_STATE_BRAND=0 leaves out the mark, the logo and the font of the State.
set -euo pipefail

profile=${1:-quick}
case "$profile" in
  quick) tools_needed=(trunk wasm-bindgen) ;;
  release) tools_needed=(wasm-split-cli wasm-bindgen) ;;
  *) echo "build.sh: profile « $profile » is neither quick nor release" >&2; exit 2 ;;
esac

cd "$(dirname "$0")"
tools=${DIALOG_TOOLS_DIR:-$HOME/.cache/dialog/tools}
export PATH="$tools/bin:$PWD/node_modules/.bin:$PATH"
export CARGO_TARGET_DIR=${DIALOG_WASM_TARGET_DIR:-$HOME/.cache/dialog/target-wasm}
export RUSTUP_TOOLCHAIN=${DIALOG_WASM_TOOLCHAIN:-dialog-wasm}

for tool in node npm "${tools_needed[@]}"; do
  command -v "$tool" >/dev/null || { echo "build.sh: $tool is missing; make start installs it" >&2; exit 1; }
done

# The lock file kept beside the modules tells whether they are the right ones.
if ! cmp -s package-lock.json node_modules/.installed-lock.json; then
  npm ci --no-fund --no-audit --loglevel=error
  cp package-lock.json node_modules/.installed-lock.json
fi

mkdir -p build
node scripts/assets.mjs "$profile"
if [ "$profile" = quick ]; then
  trunk --quiet --skip-version-check build --offline --cargo-profile wasm-quick
else
  # Trunk cannot cut a module: the places to cut are found by the relocations, which its next step drops.
  cargo rustc --quiet --locked --offline --profile wasm-release --target wasm32-unknown-unknown --bin dialog-frontend \
    --features split -- -C link-args=--emit-relocs
  node scripts/split.mjs "$CARGO_TARGET_DIR/wasm32-unknown-unknown/wasm-release/dialog-frontend.wasm"
fi
node scripts/finish.mjs "$profile" "${2:-dist}"
