#!/usr/bin/env bash
# Dependencies between the crates point downwards only, and no server library reaches the browser.
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
cd "$ROOT"
node scripts/gates/arrows.mjs
