#!/usr/bin/env bash
# Builds Trunk, wasm-bindgen and wasm-split in the versions that the front end needs, and makes the wasm32 toolchain usable.
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

# wasm-bindgen's command and crate must agree to the last digit: the version is the one of Cargo.lock.
TRUNK_VERSION=0.21.14
WASM_SPLIT_VERSION=0.2.3
WASM_BINDGEN_VERSION=$(sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"/\1/p}' "$ROOT/Cargo.lock")
WASM_BINDGEN_VERSION=${WASM_BINDGEN_VERSION:-0.2.129}

have rustup || die "rustup not found: install it from https://rustup.rs"

# The tools run for seconds and compile for minutes: the cheapest settings that work.
build_tool() {
  local name=$1 version=$2
  shift 2
  if "$DIALOG_TOOLS_DIR/bin/$name" --version 2>/dev/null | grep -qF " $version"; then return; fi
  # A command that does not tell its version is looked up where cargo notes what it installed.
  if [ -x "$DIALOG_TOOLS_DIR/bin/$name" ] && grep -qF "\"${*: -1} $version " "$DIALOG_TOOLS_DIR/.crates.toml"; then return; fi
  say "building $name $version (once, some minutes)"
  (
    cd /
    export CARGO_TARGET_DIR=$DIALOG_TOOLS_DIR/target CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
    quietly "$DIALOG_CACHE_DIR/logs/install-$name.log" cargo install --locked --force --root "$DIALOG_TOOLS_DIR" --version "$version" "$@"
  )
  rm -rf "$DIALOG_TOOLS_DIR/target"
}

CARGO_PROFILE_RELEASE_OPT_LEVEL=1 build_tool wasm-bindgen "$WASM_BINDGEN_VERSION" --bin wasm-bindgen --no-default-features wasm-bindgen-cli
CARGO_PROFILE_RELEASE_OPT_LEVEL=1 build_tool wasm-split-cli "$WASM_SPLIT_VERSION" --features build-binary wasm_split_cli_support
CARGO_PROFILE_RELEASE_OPT_LEVEL=0 build_tool trunk "$TRUNK_VERSION" --no-default-features --features rustls trunk

"$ROOT/scripts/setup-wasm.sh"
