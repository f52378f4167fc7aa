#!/usr/bin/env bash
# The whole application starts: migrations, streets, demonstration data, API, worker, nginx. The next gates use it.
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
. "$(dirname "${BASH_SOURCE[0]}")/../lib/processes.sh"
. "$(dirname "${BASH_SOURCE[0]}")/../lib/services.sh"
. "$(dirname "${BASH_SOURCE[0]}")/../lib/stack.sh"
STATE_DIR=${TEST_STATE_DIR:?run it by: make test}
rm -f "$STATE_DIR/application.env"
stop_application
recall
start_postgres
start_redis
create_database application
build_server dev
"$ROOT/scripts/build-frontend.sh" release

WEB_PORT=$(free_port)
application_environment application "http://localhost:$WEB_PORT" test
export API_TIMEOUT_SECONDS=28
prepare_data
start_application "$WEB_PORT"
cat >"$STATE_DIR/application.env" <<ENV
export WEB_URL=http://localhost:$WEB_PORT DIALOG_BIN=$DIALOG_BIN API_PORT=$API_PORT APP_ENV=$APP_ENV BASE_URL=$BASE_URL
export APP_SECRET=$APP_SECRET ADMIN_EMAIL=$ADMIN_EMAIL DATABASE_URL=$DATABASE_URL REDIS_URL=$REDIS_URL
ENV
curl -fsS "http://127.0.0.1:$WEB_PORT/api/health"
echo
