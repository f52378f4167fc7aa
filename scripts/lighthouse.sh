#!/usr/bin/env bash
# Lighthouse on a running application; reports in tests/lighthouse/artifacts.
# Usage: lighthouse.sh BASE_URL [performance]   with "performance" the speed of the list and of an order counts too
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
base=${1:?"usage: lighthouse.sh BASE_URL [performance]"}
if [ "$(uname -m)" != x86_64 ]; then say "skipped: lighthouse: its Node is for x86_64 here"; exit 0; fi
node "$ROOT/scripts/demo-orders.mjs" "$base"
order=$(curl -fsS "$base/api/app/regulation-records?pageSize=1" | sed -n 's/.*"uuid":"\([0-9a-f-]*\)","identifier.*/\1/p')
[ -n "$order" ] || die "no published order to look at"
cd "$ROOT/tests/lighthouse"
if ! cmp -s package-lock.json node_modules/.installed-lock.json; then
  npm ci --loglevel=error
  cp package-lock.json node_modules/.installed-lock.json
fi
rm -rf artifacts
exec node_modules/.bin/node run.mjs "$base" "/regulations/$order" "${2:-}"
