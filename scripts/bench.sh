#!/usr/bin/env bash
# The benchmarks, on a release build and servers of their own. Each is a ratio of two measures of one run, taken in
# turns, so that the machine's speed and its other work weigh on both. docs/benchmarks.md keeps past results.
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
. "$(dirname "${BASH_SOURCE[0]}")/lib/processes.sh"
. "$(dirname "${BASH_SOURCE[0]}")/lib/services.sh"
. "$(dirname "${BASH_SOURCE[0]}")/lib/stack.sh"

"$ROOT/scripts/setup-packages.sh" wrk
"$ROOT/scripts/setup-tools.sh"

STATE_DIR=${DIALOG_BENCH_STATE_DIR:-$(dirname "$DEFAULT_STATE_DIR")/dialog-bench.$$}
cleanup() {
  stop_application
  stop_redis
  stop_postgres
  if [ -z "${DIALOG_BENCH_STATE_DIR:-}" ]; then rm -rf "$STATE_DIR"; fi
}
trap cleanup EXIT
trap 'exit 130' INT TERM

prepare_state
DIALOG_PG_OPTIONS="-c shared_buffers=512MB -c synchronous_commit=off -c log_destination=stderr" start_postgres
start_redis
create_database bench
say "building the server (release)"
build_server release

web_port=$(free_port)
# The limits of a public service would be what is measured.
export API_RATE_LIMIT=1000000000 WEB_CONCURRENCY=2 STATIC_DIR=$STATE_DIR
application_environment bench "http://localhost:$web_port" test
prepare_data
start_application "$web_port"

export WEB_URL=http://127.0.0.1:$web_port API_URL=http://127.0.0.1:$API_PORT
export PSQL=$PG_BIN/psql PGBENCH=$PG_BIN/pgbench POSTGRES_LOG=$STATE_DIR/logs/postgres.log
export PGHOST=127.0.0.1 PGPORT=$PG_PORT PGUSER=dialog PGPASSWORD=$SERVICE_PASSWORD PGDATABASE=bench
cd "$ROOT"
node benches/feed.mjs
node benches/completion.mjs
