#!/usr/bin/env bash
# Lighthouse on the application as it is deployed: accessibility and best practices of the list, an order and the map.
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
environment=${TEST_STATE_DIR:?run it by: make test}/application.env
[ -f "$environment" ] || die "the application is not running: gate application comes first"
# shellcheck disable=SC1090
. "$environment"
cd "$ROOT"
scripts/lighthouse.sh "$WEB_URL"
