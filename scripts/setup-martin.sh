#!/usr/bin/env bash
# Builds Martin, the tile server against which ours is measured, once and in a fixed version. Prints its command, and
# fails when it cannot be built here.
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

# The latest one that the Rust of rust-toolchain.toml builds.
version=1.14.0
folder=$DIALOG_TOOLS_DIR/martin-$version
if [ ! -x "$folder/bin/martin" ]; then
  say "building Martin $version (once, a quarter of an hour)"
  CARGO_TARGET_DIR=$DIALOG_CACHE_DIR/martin-target quietly "$DIALOG_CACHE_DIR/logs/martin.log" \
    cargo install martin --version "$version" --locked --no-default-features --features postgres --root "$folder"
  rm -rf "$DIALOG_CACHE_DIR/martin-target"
fi
echo "$folder/bin/martin"
