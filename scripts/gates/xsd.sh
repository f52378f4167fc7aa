#!/usr/bin/env bash
# The DATEX II feed of the running application is valid against the published schemas.
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
environment=${TEST_STATE_DIR:?run it by: make test}/application.env
[ -f "$environment" ] || die "the application is not running: gate application comes first"
# shellcheck disable=SC1090
. "$environment"
schema=$DIALOG_SHARED_DIR/schemas/datex2/DATEXII_3_D2Payload.xsd
if [ ! -f "$schema" ]; then
  echo "skipped: xsd: the schemas of DIALOG_SHARED_DIR are not there"
  exit 0
fi
feed=$TEST_STATE_DIR/regulations.xml
curl -fsS --compressed "$WEB_URL/api/regulations.xml" -o "$feed"
xmllint --noout --schema "$schema" "$feed"
echo "$(grep -o '<[a-z0-9]*:\?trafficRegulationOrder ' "$feed" | wc -l) orders, $(wc -c <"$feed") bytes"
