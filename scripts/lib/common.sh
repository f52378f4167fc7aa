# Shared by every script here; sourced, never run. Sets the paths, says where the time goes, and finds free ports.
# shellcheck shell=bash
set -euo pipefail
# Accents are text to grep, sed and erb wherever this runs.
export LC_ALL=C.UTF-8

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# Everything that can be downloaded or compiled again lives here; deleting the folder only costs time.
export DIALOG_CACHE_DIR=${DIALOG_CACHE_DIR:-$HOME/.cache/dialog}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$DIALOG_CACHE_DIR/target}
# The browser application has its own folder, so that the two builds do not wait for each other's lock.
export DIALOG_WASM_TARGET_DIR=${DIALOG_WASM_TARGET_DIR:-$DIALOG_CACHE_DIR/target-wasm}
export DIALOG_SHARED_DIR=${DIALOG_SHARED_DIR:-$ROOT/../shared}
export DIALOG_TOOLS_DIR=$DIALOG_CACHE_DIR/tools DIALOG_WASM_TOOLCHAIN=dialog-wasm
export PATH=$DIALOG_TOOLS_DIR/bin:$PATH

# A place that the postgres user can reach: home folders are usually closed to it.
# shellcheck disable=SC2034 # read by the scripts
if [ "$(id -u)" = 0 ]; then DEFAULT_STATE_DIR=/var/lib/dialog; else DEFAULT_STATE_DIR=$HOME/.local/state/dialog; fi

# One clock for a command and the scripts that it runs.
export DIALOG_STARTED_AT=${DIALOG_STARTED_AT:-$EPOCHSECONDS}

# say MESSAGE: one line on standard error, with the time since the start.
say() { printf '[%3d s] %s\n' "$((EPOCHSECONDS - DIALOG_STARTED_AT))" "$*" >&2; }

# die MESSAGE: the sentence that tells what to do, then failure.
die() { say "error: $*"; exit 1; }

# have COMMAND: true when it can be run.
have() { command -v "$1" >/dev/null 2>&1; }

# quietly LOG COMMAND...: runs it with its output in LOG, which is shown when it fails.
quietly() {
  local log=$1; shift
  mkdir -p "$(dirname "$log")"
  if ! "$@" >"$log" 2>&1; then
    tail -n 60 "$log" >&2
    say "failed: $* (full log: $log)"
    return 1
  fi
}

# port_open PORT: true when something listens on 127.0.0.1.
port_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port: prints a port of 127.0.0.1 on which nothing listens.
free_port() {
  local port
  for _ in $(seq 1 200); do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    if ! port_open "$port"; then echo "$port"; return; fi
  done
  die "no free port between 20000 and 32000"
}

# random_word: 40 hexadecimal digits.
random_word() { od -An -N20 -tx1 /dev/urandom | tr -d ' \n'; }

# wait_for SECONDS WHAT COMMAND...: runs COMMAND until it succeeds.
wait_for() {
  local deadline=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || { say "$what does not answer"; return 1; }
    sleep 0.1
  done
}
