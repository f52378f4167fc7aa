#!/usr/bin/env bash
# The hosting platform: nginx.conf.erb inside its wrapper, the web process, the deployment files.
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
cd "$ROOT"
node --test --test-reporter=tap tests/platform/*.test.mjs
