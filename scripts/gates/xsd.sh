#!/usr/bin/env bash
# Every feed of the running application is valid against the published schemas.
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
environment=${TEST_STATE_DIR:?run it by: make test}/application.env
[ -f "$environment" ] || die "the application is not running: gate application comes first"
# shellcheck disable=SC1090
. "$environment"
schemas=$DIALOG_SHARED_DIR/schemas
if [ ! -f "$schemas/datex2/DATEXII_3_D2Payload.xsd" ] || [ ! -f "$schemas/cifs/cifsv2.xsd" ]; then
  echo "skipped: xsd: the schemas of DIALOG_SHARED_DIR are not there"
  exit 0
fi
# As readers have it, through nginx.
feed=$TEST_STATE_DIR/regulations.xml
curl -fsS --compressed "$WEB_URL/api/regulations.xml" -o "$feed"
xmllint --noout --stream --schema "$schemas/datex2/DATEXII_3_D2Payload.xsd" "$feed"
curl -fsS --compressed "$WEB_URL/api/regulations/cifs.xml" -o "$feed"
xmllint --noout --stream --schema "$schemas/cifs/cifsv2.xsd" "$feed"
# Everything that is public, expired orders and the old layout included.
"$DIALOG_BIN" feeds check --schemas "$schemas"
