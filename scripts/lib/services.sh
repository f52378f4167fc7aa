# A private PostgreSQL cluster and a private Redis under STATE_DIR. The system's own servers are never touched.
# Sourced after common.sh and processes.sh; needs STATE_DIR.
# shellcheck shell=bash

# postgres_bin: folder of the newest PostgreSQL that has PostGIS.
postgres_bin() {
  local version
  for version in $(find /usr/lib/postgresql -mindepth 1 -maxdepth 1 -printf '%f\n' 2>/dev/null | sort -rV); do
    if [ -x "/usr/lib/postgresql/$version/bin/initdb" ] && [ -f "/usr/share/postgresql/$version/extension/postgis.control" ]; then
      echo "/usr/lib/postgresql/$version/bin"
      return
    fi
  done
  return 1
}

# as_postgres COMMAND...: PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

# remember NAME VALUE: kept in STATE_DIR/settings and set as a shell variable; the file is read by recall.
remember() {
  sed -i "/^$1=/d" "$STATE_DIR/settings"
  echo "$1=$2" >>"$STATE_DIR/settings"
  printf -v "$1" '%s' "$2"
}

# recall: reads the settings again.
recall() {
  # shellcheck disable=SC1091
  [ ! -f "$STATE_DIR/settings" ] || . "$STATE_DIR/settings"
}

# settle_port NAME OVERRIDE RUNNING: keeps the remembered port; chooses another one when somebody else took it.
settle_port() {
  local name=$1 override=$2 running=$3 port
  port=${override:-${!name:-}}
  if [ -z "$port" ]; then port=$(free_port); fi
  if [ "$running" = no ] && port_open "$port"; then
    [ -z "$override" ] || die "port $port ($name) is already taken"
    port=$(free_port)
  fi
  remember "$name" "$port"
}

# prepare_state: the folder, its settings and secrets.
prepare_state() {
  mkdir -p "$STATE_DIR/pids" "$STATE_DIR/logs" "$STATE_DIR/redis"
  chmod 0711 "$STATE_DIR"
  [ -f "$STATE_DIR/settings" ] || (umask 077 && : >"$STATE_DIR/settings")
  recall
  [ -n "${APP_SECRET_VALUE:-}" ] || remember APP_SECRET_VALUE "$(random_word)"
  [ -n "${SERVICE_PASSWORD:-}" ] || remember SERVICE_PASSWORD "$(random_word)"
  # A socket's path has 107 bytes at most.
  [ "${#STATE_DIR}" -le 75 ] || die "the path of DIALOG_STATE_DIR is too long: $STATE_DIR"
}

postgres_running() { as_postgres "$PG_BIN/pg_ctl" -D "$STATE_DIR/postgres" status >/dev/null 2>&1; }

start_postgres() {
  PG_BIN=$(postgres_bin) || die "PostgreSQL with PostGIS not found: run make start or make test, which install it"
  mkdir -p "$STATE_DIR/postgres" "$STATE_DIR/socket"
  chmod 0700 "$STATE_DIR/postgres"
  # The folder of the socket is the lock of the door: connections through it need no password.
  chmod 0700 "$STATE_DIR/socket"
  touch "$STATE_DIR/logs/postgres.log"
  if [ "$(id -u)" = 0 ]; then chown postgres: "$STATE_DIR/postgres" "$STATE_DIR/socket" "$STATE_DIR/logs/postgres.log"; fi
  if [ ! -f "$STATE_DIR/postgres/PG_VERSION" ]; then
    say "creating the private PostgreSQL cluster"
    local password
    password=$(mktemp)
    echo "$SERVICE_PASSWORD" >"$password"
    if [ "$(id -u)" = 0 ]; then chown postgres: "$password"; fi
    quietly "$STATE_DIR/logs/initdb.log" as_postgres "$PG_BIN/initdb" -D "$STATE_DIR/postgres" --username=dialog \
      --pwfile="$password" --auth-local=trust --auth-host=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --no-sync
    rm -f "$password"
  fi
  local running=no
  if postgres_running; then running=yes; fi
  settle_port PG_PORT "${DIALOG_PG_PORT:-}" "$running"
  if [ "$running" = no ]; then
    # Without fsync a power cut may lose the data, which is a demonstration and made again by the next start.
    quietly "$STATE_DIR/logs/pg_ctl.log" as_postgres "$PG_BIN/pg_ctl" -D "$STATE_DIR/postgres" -l "$STATE_DIR/logs/postgres.log" -w -t 60 \
      -o "-p $PG_PORT -c listen_addresses=127.0.0.1 -c unix_socket_directories=$STATE_DIR/socket -c max_connections=200 ${DIALOG_PG_OPTIONS:--c fsync=off}" \
      start
  fi
  # shellcheck disable=SC2034 # read by the scripts
  PG_URL=postgres://dialog:$SERVICE_PASSWORD@127.0.0.1:$PG_PORT
}

stop_postgres() {
  PG_BIN=$(postgres_bin) || return 0
  if [ -f "$STATE_DIR/postgres/PG_VERSION" ] && postgres_running; then
    as_postgres "$PG_BIN/pg_ctl" -D "$STATE_DIR/postgres" -m fast -w stop >/dev/null || true
  fi
}

# create_database NAME: made when it is not there yet.
create_database() {
  local count
  count=$(sql postgres "SELECT count(*) FROM pg_database WHERE datname = '$1'")
  if [ "$count" = 0 ]; then sql postgres "CREATE DATABASE \"$1\"" >/dev/null; fi
}

# sql DATABASE STATEMENT: unaligned result.
sql() { PGPASSWORD=$SERVICE_PASSWORD "$PG_BIN/psql" -X -q -A -t -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$PG_PORT" -U dialog -d "$1" -c "$2"; }

redis_answers() { redis-cli -h 127.0.0.1 -p "$REDIS_PORT" -a "$SERVICE_PASSWORD" --no-auth-warning ping 2>/dev/null | grep -q PONG; }

start_redis() {
  local running=no
  if pid_of redis >/dev/null; then running=yes; fi
  settle_port REDIS_PORT "${DIALOG_REDIS_PORT:-}" "$running"
  if [ "$running" = no ]; then
    # Options on the command line would show the password to every user of the machine.
    (umask 077 && cat >"$STATE_DIR/redis/redis.conf" <<CONF
bind 127.0.0.1
port $REDIS_PORT
requirepass $SERVICE_PASSWORD
dir $STATE_DIR/redis
save ""
appendonly no
CONF
    )
    launch redis redis-server "$STATE_DIR/redis/redis.conf"
    wait_for 15 "Redis" redis_answers
  fi
  # shellcheck disable=SC2034 # read by the scripts
  REDIS_URL_VALUE=redis://:$SERVICE_PASSWORD@127.0.0.1:$REDIS_PORT
}

stop_redis() { finish redis 10; }
