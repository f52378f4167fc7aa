#!/usr/bin/env bash
# Shellcheck has nothing to say about the scripts.
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
cd "$ROOT"
mapfile -t files < <(git ls-files '*.sh' '.ci/run')
shellcheck "${files[@]}"
echo "${#files[@]} scripts"
