# The application itself: its environment, its data, its processes. Used by make start, by the tests and the benchmarks.
# Sourced after common.sh, processes.sh and services.sh; needs STATE_DIR.
# shellcheck shell=bash

# build_server PROFILE: sets DIALOG_BIN.
build_server() {
  local folder=$1
  if [ "$folder" = dev ]; then folder=debug; fi
  (cd "$ROOT" && cargo build --locked --profile "$1" --package dialog-api --bin dialog) >&2
  export DIALOG_BIN=$CARGO_TARGET_DIR/$folder/dialog
}

# application_environment DATABASE BASE_URL ENVIRONMENT: what the processes read (docs/operations.md).
application_environment() {
  local running=no
  if pid_of web >/dev/null; then running=yes; fi
  settle_port API_INNER_PORT "${DIALOG_API_PORT:-}" "$running"
  export APP_ENV=$3 BASE_URL=$2 API_PORT=$API_INNER_PORT APP_SECRET=$APP_SECRET_VALUE ADMIN_EMAIL=admin@dialog.test
  export DATABASE_URL=$PG_URL/$1 REDIS_URL=$REDIS_URL_VALUE
  export STORAGE_DIR=$STATE_DIR/files
  export NGINX_COMMAND=$ROOT/scripts/nginx-run.sh NGINX_DIR=$STATE_DIR/nginx
}

# prepare_data: tables, streets, demonstration accounts. Each step does nothing when it was done before.
prepare_data() {
  say "migrating"
  quietly "$STATE_DIR/logs/migrate.log" "$DIALOG_BIN" migrate
  "$ROOT/scripts/load-reference.sh"
  quietly "$STATE_DIR/logs/seed-demo.log" "$DIALOG_BIN" seed-demo
}

# settled PORT: true when the application answers, or when it is dead and never will.
settled() { curl -fsS "http://127.0.0.1:$1/api/health" || ! pid_of web; }

# start_application PORT: nginx, API and worker, as the Procfile has them.
start_application() {
  say "starting the application"
  PORT=$1 launch web "$ROOT/scripts/web.sh"
  launch worker "$DIALOG_BIN" worker
  if ! wait_for 60 "the application" settled "$1" || ! pid_of web >/dev/null; then
    tail -n 40 "$STATE_DIR/logs/web.log" >&2
    die "the application did not start (logs: $STATE_DIR/logs)"
  fi
}

stop_application() {
  finish worker
  finish web
}
