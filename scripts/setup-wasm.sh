#!/usr/bin/env bash
# Makes a rustup toolchain named "dialog-wasm" that compiles for wasm32-unknown-unknown:
#   cargo +dialog-wasm build --target wasm32-unknown-unknown
#
# First way: rustup has the target, or fetches it. Where rustup's server cannot be reached there is a second way:
# Debian's own compiler (rustc-web) is unpacked into the cache folder, nothing is installed system-wide, and its
# standard library is compiled once for wasm32.
#
#   DIALOG_WASM_ROUTE=rustup|debian   take this way only
#   DIALOG_WASM_WAIT=SECONDS          how long rustup may take to fetch the target (60)
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

TARGET=wasm32-unknown-unknown
HOST=x86_64-unknown-linux-gnu
PREFIX=$DIALOG_CACHE_DIR/wasm-toolchain
LOGS=$DIALOG_CACHE_DIR/logs
route=${DIALOG_WASM_ROUTE:-any}
case $route in any | rustup | debian) ;; *) die "DIALOG_WASM_ROUTE is rustup or debian, not $route" ;; esac

# What the caller set for the project's builds would change the probe and the standard library.
unset CARGO_TARGET_DIR CARGO_BUILD_TARGET RUSTFLAGS CARGO_ENCODED_RUSTFLAGS RUSTC RUSTC_WRAPPER RUSTUP_TOOLCHAIN
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

# new_crate FOLDER: an empty package.
new_crate() {
  mkdir -p "$1/src"
  printf '[package]\nname = "probe"\nversion = "0.0.0"\nedition = "2021"\n\n[workspace]\n' >"$1/Cargo.toml"
}

# usable: true when the toolchain compiles and links a program that needs the standard library.
usable() {
  new_crate "$scratch/probe"
  echo 'fn main() { println!("{:?}", std::env::args().collect::<std::collections::BTreeSet<_>>()); }' >"$scratch/probe/src/main.rs"
  (cd "$scratch/probe" && cargo "+$DIALOG_WASM_TOOLCHAIN" build --quiet --offline --release --target "$TARGET") >"$scratch/probe.log" 2>&1
}

link() {
  rustup toolchain uninstall "$DIALOG_WASM_TOOLCHAIN" >/dev/null 2>&1 || true
  rustup toolchain link "$DIALOG_WASM_TOOLCHAIN" "$1" >/dev/null
}

from_rustup() {
  if ! rustup target list --installed | grep -qx "$TARGET"; then
    say "fetching the $TARGET target with rustup"
    timeout -k 5 "${DIALOG_WASM_WAIT:-60}" rustup target add "$TARGET" >"$scratch/rustup.log" 2>&1 || return 1
  fi
  link "$(rustc --print sysroot)"
  usable
}

# unpack PACKAGES...: Debian packages into PREFIX.
unpack() {
  local package
  mkdir -p "$scratch/packages"
  (cd "$scratch/packages" && apt-get -qq -o APT::Sandbox::User=root download "$@") || return 1
  for package in "$scratch"/packages/*.deb; do dpkg-deb --extract "$package" "$PREFIX" || return 1; done
  rm -rf "$scratch/packages" "$PREFIX/usr/share/doc" "$PREFIX/usr/share/man"
}

# give_libraries TOOL: Debian's compiler finds its own shared libraries without a change to the system's linker path.
give_libraries() {
  local tool=$PREFIX/usr/bin/$1
  [ -f "$tool" ] || return 0
  mv "$tool" "$tool.real"
  cat >"$tool" <<SH
#!/bin/sh
LD_LIBRARY_PATH=$PREFIX/usr/lib/x86_64-linux-gnu\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH} exec $tool.real "\$@"
SH
  chmod 0755 "$tool"
}

compile_standard_library() {
  local library=$PREFIX/usr/lib/rustlib/$TARGET/lib
  new_crate "$scratch/std"
  echo '#![no_std]' >"$scratch/std/src/lib.rs"
  # RUSTC_BOOTSTRAP allows build-std on a stable compiler; bitcode is kept for link-time optimization.
  (
    cd "$scratch/std" || exit 1
    RUSTC_BOOTSTRAP=1 RUSTC=$PREFIX/usr/bin/rustc CARGO_INCREMENTAL=0 \
      RUSTFLAGS="-Cembed-bitcode=yes --remap-path-prefix=$PREFIX/usr/lib/rustlib/src/rust=/rust" \
      "$PREFIX/usr/bin/cargo" build --release -Z build-std=std,panic_abort,test --target "$TARGET" --target-dir "$scratch/std/target"
  ) || return 1
  mkdir -p "$library"
  cp "$scratch/std/target/$TARGET/release/deps/"*.rlib "$library/" || return 1
  rm -f "$library"/libprobe-*.rlib
}

from_debian() {
  local tool version release std llvm
  for tool in apt-get apt-cache dpkg dpkg-deb cc; do have "$tool" || { say "$tool not found"; return 1; }; done
  [ "$(dpkg --print-architecture)" = amd64 ] || { say "this way is for amd64 only"; return 1; }
  if [ "$(id -u)" = 0 ]; then apt-get -qq update >"$scratch/update.log" 2>&1 || true; fi
  version=$(apt-cache policy rustc-web | sed -n 's/^ *Candidate: //p')
  case $version in "" | "(none)") say "Debian's sources here have no rustc-web"; return 1 ;; esac
  release=${version%%[+-]*}
  std=libstd-rust-web-${release%.*}
  llvm=$(apt-cache depends "$std" | sed -n 's/^ *Depends: libllvm\([0-9]*\)$/\1/p' | head -n 1)
  [ -n "$llvm" ] || { say "cannot tell which LLVM $std needs"; return 1; }

  if [ "$(cat "$PREFIX/complete" 2>/dev/null)" != "$version" ]; then
    say "unpacking Debian's Rust $release into $PREFIX"
    rm -rf "$PREFIX"
    mkdir -p "$PREFIX"
    quietly "$LOGS/wasm-unpack.log" unpack "rustc-web=$version" "libstd-rust-web-dev=$version" "$std=$version" "rust-web-src=$version" \
      "rust-web-clippy=$version" "libllvm$llvm" "lld-$llvm" || return 1
    for tool in rustc rustdoc clippy-driver cargo-clippy; do give_libraries "$tool"; done
    # These do not depend on the compiler's version: rustup's own serve.
    for tool in cargo rustfmt cargo-fmt; do ln -sfn "$(rustup which "$tool")" "$PREFIX/usr/bin/$tool"; done
    mkdir -p "$PREFIX/usr/lib/rustlib/$HOST/bin"
    ln -sfn "$PREFIX/usr/lib/llvm-$llvm/bin/lld" "$PREFIX/usr/lib/rustlib/$HOST/bin/rust-lld"
    say "compiling the standard library for $TARGET (a minute or two)"
    quietly "$LOGS/wasm-std.log" compile_standard_library || return 1
    echo "$version" >"$PREFIX/complete"
  fi
  link "$PREFIX/usr"
  usable
}

linked=$(readlink "${RUSTUP_HOME:-$HOME/.rustup}/toolchains/$DIALOG_WASM_TOOLCHAIN" || true)
case $route:$linked in
  *:) ;;
  debian:"$PREFIX/usr" | rustup:*toolchains* | any:*) if usable; then exit 0; fi ;;
esac

if [ "$route" != debian ]; then
  if from_rustup; then say "wasm32: rustup's target"; exit 0; fi
  say "rustup cannot provide $TARGET here"
fi
if [ "$route" != rustup ]; then
  if from_debian; then say "wasm32: Debian's rustc-web in $PREFIX"; exit 0; fi
fi
cat "$scratch"/*.log >&2 2>/dev/null || true
die "no toolchain for $TARGET"
