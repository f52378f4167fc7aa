#!/usr/bin/env bash
# The journeys of people in a real browser, through nginx to PostgreSQL; screenshots in tests/browser/artifacts.
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
environment=${TEST_STATE_DIR:?run it by: make test}/application.env
[ -f "$environment" ] || die "the application is not running: gate application comes first"
# shellcheck disable=SC1090
. "$environment"
cd "$ROOT/tests/browser"
if ! cmp -s package-lock.json node_modules/.installed-lock.json; then
  npm ci --loglevel=error
  cp package-lock.json node_modules/.installed-lock.json
fi
rm -rf artifacts
# One file after the other: they share the application and its data.
node --test --test-reporter=tap --test-concurrency=1 ./*.test.mjs
# Then what they went through, against every page, dialog and opened state that there is.
node --test --test-reporter=tap ./states/*.test.mjs
