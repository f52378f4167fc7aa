#!/usr/bin/env bash
# The running API answers as its OpenAPI document says, whatever is asked (Schemathesis, for one minute).
#   DIALOG_CONTRACT_SECONDS=60   for how long
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
. "$(dirname "${BASH_SOURCE[0]}")/../lib/processes.sh"
. "$(dirname "${BASH_SOURCE[0]}")/../lib/services.sh"
. "$(dirname "${BASH_SOURCE[0]}")/../lib/stack.sh"
STATE_DIR=${TEST_STATE_DIR:?run it by: make test}
schemathesis=$("$ROOT/scripts/setup-schemathesis.sh")
recall
start_postgres
start_redis
build_server dev

# A database and a process of its own: requests that are made up write whatever they can.
sql postgres "DROP DATABASE IF EXISTS contract" >/dev/null
create_database contract
port=$(free_port)
export APP_ENV=test API_PORT=$port APP_SECRET=$APP_SECRET_VALUE REDIS_KEY_PREFIX=contract:
export DATABASE_URL=$PG_URL/contract REDIS_URL=$REDIS_URL_VALUE STORAGE_DIR=$STATE_DIR/contract-files
# The limits would soon be the only answer.
export API_RATE_LIMIT=1000000000 LOGIN_FAILURES_PER_ACCOUNT=1000000000 LOGIN_FAILURES_PER_ADDRESS=1000000000
quietly "$STATE_DIR/logs/contract-data.log" "$DIALOG_BIN" migrate
quietly "$STATE_DIR/logs/contract-data.log" "$DIALOG_BIN" reference load town --if-missing
quietly "$STATE_DIR/logs/contract-data.log" "$DIALOG_BIN" seed-demo
rm -f "$STATE_DIR/logs/contract-api.log"
RUST_LOG=warn launch contract-api "$DIALOG_BIN" api
trap 'finish contract-api' EXIT
export API_URL=http://127.0.0.1:$port
wait_for 30 "the API" curl -fsS "$API_URL/api/health"

export CLIENT_ID=019b0000-0000-7000-8000-000000000001 CLIENT_SECRET=demo-client-secret-0000000000000000000000001
variables=$(node "$ROOT/tests/contract/prepare.mjs")
eval "$variables"
export HOOKS=$ROOT/tests/contract/hooks.py
cd "$STATE_DIR"
"$schemathesis" --config-file "$ROOT/tests/contract/schemathesis.toml" run "$ROOT/openapi/openapi.json" \
  --url "$API_URL" --max-time "${DIALOG_CONTRACT_SECONDS:-60}" --no-color

# What was published on the way is valid DATEX II.
schema=$DIALOG_SHARED_DIR/schemas/datex2/DATEXII_3_D2Payload.xsd
if [ -f "$schema" ]; then
  curl -fsS --compressed "$API_URL/api/regulations.xml?includeExpired=true" -o "$STATE_DIR/contract.xml"
  xmllint --noout --schema "$schema" "$STATE_DIR/contract.xml"
fi
# Anything that we did not expect is logged so; what is not HTTP at all is logged by the server below us.
if grep -E 'panicked|the request failed' "$STATE_DIR/logs/contract-api.log"; then exit 1; fi
orders=$(sql contract "SELECT count(*) || ' orders, ' || count(published_version) || ' of them published' FROM orders")
requests=$(sql contract "SELECT count(*) FROM order_history")
echo "$orders and $requests changes were left by Schemathesis"
