#!/usr/bin/env bash
# The browser application, built as it is deployed, stays within its budgets: list, list in all, map in all.
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
"$ROOT/scripts/build-frontend.sh" release
cd "$ROOT/frontend"
# The last line is what the summary of the gates shows.
weights=$(node scripts/weigh.mjs) || { echo "$weights"; exit 1; }
echo "$weights" | tail -n +4
echo "$weights" | head -n 3 | paste -sd ';' | sed 's/;/; /g'
