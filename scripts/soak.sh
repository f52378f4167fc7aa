#!/usr/bin/env bash
# The tests of make test that draw their cases, with many more of them. Takes an hour or so.
#   DIALOG_SOAK_CASES=20000   cases of each property
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

export PROPTEST_CASES=${DIALOG_SOAK_CASES:-20000}
say "every property on $PROPTEST_CASES cases"
exec "$ROOT/scripts/test.sh" rust
