#!/usr/bin/env bash
# Builds the browser application into frontend/dist.
#
#   frontend/build.sh quick     fast to compile, for a first look
#   frontend/build.sh release   small: size-optimised, wasm-opt, compressed files
#
# DIALOG_STATE_BRAND=0 leaves out the mark, the logo and the font of the State.
set -euo pipefail

profile=${1:-quick}
case "$profile" in
  quick) trunk_options=(--cargo-profile wasm-quick) ;;
  release) trunk_options=(--release --cargo-profile wasm-release) ;;
  *) echo "build.sh: profile « $profile » is neither quick nor release" >&2; exit 2 ;;
esac

cd "$(dirname "$0")"
tools=${DIALOG_TOOLS_DIR:-$HOME/.cache/dialog/tools}
export PATH="$tools/bin:$PWD/node_modules/.bin:$PATH"
export CARGO_TARGET_DIR=${DIALOG_WASM_TARGET_DIR:-$HOME/.cache/dialog/target-wasm}
export RUSTUP_TOOLCHAIN=${DIALOG_WASM_TOOLCHAIN:-dialog-wasm}

for tool in node npm trunk wasm-bindgen; do
  command -v "$tool" >/dev/null || { echo "build.sh: $tool is missing; make start installs it" >&2; exit 1; }
done

# The lock file kept beside the modules tells whether they are the right ones.
if ! cmp -s package-lock.json node_modules/.installed-lock.json; then
  npm ci --no-fund --no-audit --loglevel=error
  cp package-lock.json node_modules/.installed-lock.json
fi

mkdir -p build
node scripts/assets.mjs "$profile"
trunk --quiet --skip-version-check build --offline "${trunk_options[@]}"
node scripts/finish.mjs "$profile"
