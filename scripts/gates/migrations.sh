#!/usr/bin/env bash
# Every migration can be undone and done again: after up, down, up the schema is the same, and down leaves nothing.
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
. "$(dirname "${BASH_SOURCE[0]}")/../lib/processes.sh"
. "$(dirname "${BASH_SOURCE[0]}")/../lib/services.sh"
STATE_DIR=${TEST_STATE_DIR:?run it by: make test}
recall
PG_BIN=$(postgres_bin)

database=migrations_gate
create_database "$database"
mapfile -t folders < <(find "$ROOT/migrations" -mindepth 1 -maxdepth 1 -type d | sort)

run() { PGPASSWORD=$SERVICE_PASSWORD "$PG_BIN/psql" -X -q -1 -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$PG_PORT" -U dialog -d "$database" -f "$1"; }
up() { for folder in "${folders[@]}"; do run "$folder/up.sql"; done; }
down() { for ((i = ${#folders[@]} - 1; i >= 0; i--)); do run "${folders[$i]}/down.sql"; done; }
# Newer releases of pg_dump frame the dump with a random word.
schema() { PGPASSWORD=$SERVICE_PASSWORD "$PG_BIN/pg_dump" -s -h 127.0.0.1 -p "$PG_PORT" -U dialog "$database" | grep -v '^\\\(un\)\?restrict '; }

up
schema >"$STATE_DIR/schema-1.sql"
down
left=$(sql "$database" "SELECT string_agg(oid::regclass::text, ', ') FROM pg_class
  WHERE relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'pg_toast'::regnamespace)
    AND relkind IN ('r', 'p', 'v', 'm', 'S') AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')")
if [ -n "$left" ]; then echo "down.sql leaves: $left"; exit 1; fi
up
schema >"$STATE_DIR/schema-2.sql"
diff "$STATE_DIR/schema-1.sql" "$STATE_DIR/schema-2.sql"
sql postgres "DROP DATABASE $database"
echo "${#folders[@]} migrations, up, down and up again"
