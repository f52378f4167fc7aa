#!/usr/bin/env bash
# Every component in each of its states (/dev/components), in a development build of the browser application.
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
cd "$ROOT"
mkdir -p frontend/build
exec 9>frontend/build/lock
flock 9
frontend/build.sh quick build/development
flock -u 9
cd tests/browser
if ! cmp -s package-lock.json node_modules/.installed-lock.json; then
  npm ci --loglevel=error
  cp package-lock.json node_modules/.installed-lock.json
fi
WEB_URL=http://localhost:$(free_port)
export WEB_URL DIALOG_DEVELOPMENT_BUILD=$ROOT/frontend/build/development
node --test --test-reporter=tap ./components/*.test.mjs
