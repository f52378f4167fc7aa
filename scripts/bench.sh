#!/usr/bin/env bash
# The benchmarks, on a release build and servers of their own. Each is a ratio of two measures of one run, taken in
# turns, so that the machine's speed and its other work weigh on both. docs/benchmarks.md keeps past results.
# Usage: bench.sh [BENCH…]   all by default: feed tiles map completion section addok lists publication time load lighthouse
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
. "$(dirname "${BASH_SOURCE[0]}")/lib/processes.sh"
. "$(dirname "${BASH_SOURCE[0]}")/lib/services.sh"
. "$(dirname "${BASH_SOURCE[0]}")/lib/stack.sh"

"$ROOT/scripts/setup-packages.sh" wrk Python.h
"$ROOT/scripts/setup-tools.sh"

STATE_DIR=${DIALOG_BENCH_STATE_DIR:-$(dirname "$DEFAULT_STATE_DIR")/dialog-bench.$$}
benches=("$@")
if [ "${#benches[@]}" = 0 ]; then benches=(feed tiles map completion section addok lists publication time load lighthouse); fi
wanted() { [[ " ${benches[*]} " == *" $1 "* ]]; }

cleanup() {
  finish api-lists
  finish api-publication
  finish api-tiles
  finish web-map
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

# Only some of them look at pages.
static=$STATE_DIR
if wanted lighthouse || wanted map; then
  "$ROOT/scripts/build-frontend.sh" release
  static=$ROOT/frontend/dist
fi

web_port=$(free_port)
# The limits of a public service would be what is measured.
export API_RATE_LIMIT=1000000000 WEB_CONCURRENCY=2 STATIC_DIR=$static
application_environment bench "http://localhost:$web_port" test
prepare_data
start_application "$web_port"

export WEB_URL=http://127.0.0.1:$web_port API_URL=http://127.0.0.1:$API_PORT
export PSQL=$PG_BIN/psql PGBENCH=$PG_BIN/pgbench POSTGRES_LOG=$STATE_DIR/logs/postgres.log
export PGHOST=127.0.0.1 PGPORT=$PG_PORT PGUSER=dialog PGPASSWORD=$SERVICE_PASSWORD PGDATABASE=bench
cd "$ROOT"
# own_database NAME: an empty database of its own.
own_database() {
  create_database "$1"
  export DATABASE_URL=$PG_URL/$1 PGDATABASE=$1
  quietly "$STATE_DIR/logs/$1-data.log" "$DIALOG_BIN" migrate
}

# own_town NAME: a database of its own with the demonstration town and without orders, and a port for an API process.
own_town() {
  create_database "$1"
  export DATABASE_URL=$PG_URL/$1 REDIS_KEY_PREFIX=$1: PGDATABASE=$1
  API_PORT=$(free_port)
  export API_PORT API_URL=http://127.0.0.1:$API_PORT
  quietly "$STATE_DIR/logs/$1-data.log" "$DIALOG_BIN" migrate
  quietly "$STATE_DIR/logs/$1-data.log" "$DIALOG_BIN" reference load town --if-missing
  quietly "$STATE_DIR/logs/$1-data.log" "$DIALOG_BIN" seed-demo
}

# own_api NAME: an API process on such a database.
own_api() {
  own_town "$1"
  RUST_LOG=warn launch "api-$1" "$DIALOG_BIN" api
  wait_for 30 "the API" curl -fsS "$API_URL/api/health"
}

# own_web NAME: the pages too, behind nginx.
own_web() {
  own_town "$1"
  local port
  port=$(free_port)
  export BASE_URL=http://localhost:$port WEB_URL=http://localhost:$port NGINX_DIR=$STATE_DIR/nginx-$1
  PORT=$port RUST_LOG=warn launch "web-$1" "$ROOT/scripts/web.sh"
  wait_for 30 "the application" curl -fsS "$WEB_URL/api/health"
}

if wanted feed; then node benches/feed.mjs; fi
if wanted completion; then node benches/completion.mjs; fi
if wanted section; then node benches/section.mjs; fi
if wanted addok; then
  if [ -f "$DIALOG_SHARED_DIR/data/osm/paris-centre-2014-addresses.csv.gz" ]; then
    ADDOK=$("$ROOT/scripts/setup-addok.sh")
    OUR_PIDS="$(pid_of web) $(pid_of redis) $(as_postgres head -n 1 "$STATE_DIR/postgres/postmaster.pid")"
    export ADDOK OUR_PIDS
    node benches/addok.mjs
  else
    say "skipped: addok: the addresses of Paris centre are not there (DIALOG_SHARED_DIR)"
  fi
fi
if wanted tiles; then
  # Without Martin the bare statement is what tiles are measured against.
  MARTIN=$("$ROOT/scripts/setup-martin.sh") || MARTIN=
  export MARTIN
  (own_api tiles && node benches/tiles.mjs)
fi
if wanted map; then
  [ -d tests/browser/node_modules ] || (cd tests/browser && npm ci --loglevel=error)
  (own_web map && node benches/map.mjs)
fi
if wanted lists; then (own_api lists && node benches/lists.mjs); fi
if wanted publication; then (own_api publication && node benches/publication.mjs); fi
if wanted time; then cargo bench --locked --quiet --package dialog-domain --bench is_active; fi
if wanted load; then (own_database load && node benches/load.mjs); fi
if wanted lighthouse; then "$ROOT/scripts/lighthouse.sh" "http://localhost:$web_port" performance; fi
