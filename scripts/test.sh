#!/usr/bin/env bash
# Every gate, each under its own heading with its time; all of them run, and the end lists those that failed.
# Usage: test.sh [GATE…]   all gates by default; "lint" is the quick ones. The gates are the files of scripts/gates.
#
#   DIALOG_TEST_STATE_DIR=FOLDER   where the test servers keep their files (a new folder, removed at the end)
#   DIALOG_TEST_LOGS=FOLDER         the logs of the gates, for runs side by side
#   DIALOG_SHARED_DIR=FOLDER       real extracts and schemas; what needs them is skipped by name without
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
. "$(dirname "${BASH_SOURCE[0]}")/lib/processes.sh"
. "$(dirname "${BASH_SOURCE[0]}")/lib/services.sh"
. "$(dirname "${BASH_SOURCE[0]}")/lib/stack.sh"

lint=(format shell length arrows clippy clippy-wasm docs)
all=("${lint[@]}" rust frontend openapi migrations size platform application browser components lighthouse xsd contract)
gates=("$@")
if [ "${#gates[@]}" = 0 ]; then gates=("${all[@]}"); fi
if [ "${gates[*]}" = lint ]; then gates=("${lint[@]}"); fi
for gate in "${gates[@]}"; do
  [ -x "$ROOT/scripts/gates/$gate.sh" ] || die "no gate $gate; there are: ${all[*]}"
done

# GeoPackages and extracts of OpenStreetMap are written by the programs of others.
"$ROOT/scripts/setup-packages.sh" ogr2ogr osmium Python.h
"$ROOT/scripts/setup-tools.sh"

STATE_DIR=${DIALOG_TEST_STATE_DIR:-$(dirname "$DEFAULT_STATE_DIR")/dialog-test.$$}
export TEST_STATE_DIR=$STATE_DIR
cleanup() {
  stop_application
  stop_redis
  stop_postgres
  if [ -z "${DIALOG_TEST_STATE_DIR:-}" ]; then rm -rf "$STATE_DIR"; fi
}
trap cleanup EXIT
trap 'exit 130' INT TERM

say "starting the test servers in $STATE_DIR"
prepare_state
DIALOG_PG_OPTIONS="-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=300" start_postgres
start_redis
export TEST_DATABASE_URL=$PG_URL/postgres TEST_REDIS_URL=$REDIS_URL_VALUE

logs=${DIALOG_TEST_LOGS:-$DIALOG_CACHE_DIR/logs/test}
rm -rf "$logs"
mkdir -p "$logs"
passed=0 failed=0 skipped=0
failures=() summary=()

# count WORDS LOG: adds up what the closing lines of cargo ("12 passed") and node ("# pass 12") say.
count() {
  sed -nE "s/^# ($1) ([0-9]+)$/\2/p; /^test result:/s/.* ([0-9]+) ($1).*/\1/p" "$2" | awk '{ n += $1 } END { print n + 0 }'
}

for gate in "${gates[@]}"; do
  printf '\n=== %s: %s\n' "$gate" "$(sed -n 's/^# //p' "$ROOT/scripts/gates/$gate.sh" | head -n 1)"
  began=$SECONDS
  log=$logs/$gate.log
  if "$ROOT/scripts/gates/$gate.sh" >"$log" 2>&1; then state=ok; else state=FAILED; fi
  took=$((SECONDS - began))
  if [ "$state" = ok ]; then
    { grep -E '^(test result:|# (pass|fail) |skipped: )' "$log" || tail -n 1 "$log"; } | { grep -v 'ok\. 0 passed' || true; } | head -n 80
  else
    tail -n 200 "$log"
    failures+=("$gate")
  fi
  gate_passed=$(count "pass|passed" "$log")
  gate_failed=$(count "fail|failed" "$log")
  if [ "$state" = ok ]; then
    passed=$((passed + (gate_passed > 0 ? gate_passed : 1)))
  else
    passed=$((passed + gate_passed))
    failed=$((failed + (gate_failed > 0 ? gate_failed : 1)))
  fi
  skipped=$((skipped + $(grep -c '^skipped: ' "$log" || true)))
  summary+=("$(printf '%-12s %-6s %4d s' "$gate" "$state" "$took")")
  printf -- '--- %s: %s in %d s\n' "$gate" "$state" "$took"
done

printf '\n'
printf '%s\n' "${summary[@]}"
if [ "${#failures[@]}" -gt 0 ]; then printf '\nfailed: %s (full logs: %s)\n' "${failures[*]}" "$logs"; fi
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "${#failures[@]}" = 0 ]
