#!/usr/bin/env bash
# Everything that is deployed: the program in bin/dialog and the browser application in frontend/dist. The hosting
# platform runs it at each push (package.json); it keeps .cache/dialog from one build to the next.
export DIALOG_CACHE_DIR=${DIALOG_CACHE_DIR:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/.cache/dialog}
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

export CARGO_HOME=${CARGO_HOME:-$DIALOG_CACHE_DIR/cargo} RUSTUP_HOME=${RUSTUP_HOME:-$DIALOG_CACHE_DIR/rustup}
export PATH=$CARGO_HOME/bin:$PATH
if ! have rustup; then
  say "installing rustup"
  curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --no-modify-path --profile minimal --default-toolchain none
fi

cd "$ROOT"
"$ROOT/scripts/setup-tools.sh"
"$ROOT/scripts/build-frontend.sh" release
say "building the server (release)"
cargo build --locked --release --package dialog-api --bin dialog
mkdir -p bin
cp "$CARGO_TARGET_DIR/release/dialog" bin/dialog
say "built: bin/dialog and frontend/dist"
