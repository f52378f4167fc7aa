#!/usr/bin/env bash
# From a fresh clone to an order on the map: installs what is missing, builds, and starts everything on this machine.
# Running it again builds what changed and starts anew; the data stay.
#
#   DIALOG_PORT=8000            address of the application
#   DIALOG_STATE_DIR=FOLDER     database, Redis, logs (the postgres user must be able to reach it)
#   DIALOG_API_PORT, DIALOG_PG_PORT, DIALOG_REDIS_PORT   inner ports, chosen and remembered when not given
#   DIALOG_SHARED_DIR=FOLDER    real extracts to load beside the demonstration town (../shared)
#   DIALOG_CARGO_PROFILE, DIALOG_WASM_PROFILE            how to build (dev; quick or release)
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
. "$(dirname "${BASH_SOURCE[0]}")/lib/processes.sh"
. "$(dirname "${BASH_SOURCE[0]}")/lib/services.sh"
. "$(dirname "${BASH_SOURCE[0]}")/lib/stack.sh"

STATE_DIR=${DIALOG_STATE_DIR:-$DEFAULT_STATE_DIR}
web_port=${DIALOG_PORT:-8000}

"$ROOT/scripts/setup-packages.sh"
"$ROOT/scripts/setup-tools.sh"

prepare_state
stop_application
if port_open "$web_port"; then die "port $web_port is taken: stop what uses it, or choose another one with DIALOG_PORT"; fi
start_postgres
start_redis
create_database dialog

say "building the server (${DIALOG_CARGO_PROFILE:=dev})"
build_server "$DIALOG_CARGO_PROFILE"
"$ROOT/scripts/build-frontend.sh" "${DIALOG_WASM_PROFILE:-quick}"

application_environment dialog "http://localhost:$web_port" dev
prepare_data
start_application "$web_port"
node "$ROOT/scripts/demo-orders.mjs" "http://127.0.0.1:$web_port"

cat <<TEXT

DiaLog is running: http://localhost:$web_port
  the map             http://localhost:$web_port/carte
  DATEX II feed       http://localhost:$web_port/api/regulations.xml
  API documentation   http://localhost:$web_port/api/doc
  health              http://localhost:$web_port/api/health

Demonstration accounts, password demonstration-dialog
  owner               proprietaire@dialog.test
  clerk               agent@dialog.test
  super-admin         admin@dialog.test
  another authority   agent@voisine.test

API client of the first organization
  X-Client-Id         019b0000-0000-7000-8000-000000000001
  X-Client-Secret     demo-client-secret-0000000000000000000000001

Logs: $STATE_DIR/logs      Stop: make stop
TEXT
