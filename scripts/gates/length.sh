#!/usr/bin/env bash
# One concept per file: nothing that is written by hand grows past 420 lines.
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
cd "$ROOT"
git ls-files '*.rs' '*.sh' '*.js' '*.mjs' '*.ts' '*.css' '*.erb' '.ci/run' | while read -r file; do
  if [ -f "$file" ]; then wc -l "$file"; fi
done | awk '$1 > 420 { print $2 " has " $1 " lines"; bad = 1 } END { exit bad }'
