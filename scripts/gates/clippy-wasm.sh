#!/usr/bin/env bash
# Clippy on what runs in the browser, compiled for it: this is also the proof that these crates build for wasm32.
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
cd "$ROOT"
for crate in domain text api-types client frontend; do
  RUSTUP_TOOLCHAIN=$DIALOG_WASM_TOOLCHAIN CARGO_TARGET_DIR=$DIALOG_WASM_TARGET_DIR \
    cargo clippy --locked --package "dialog-$crate" --target wasm32-unknown-unknown -- -D warnings
done
