#!/usr/bin/env bash
# The tests of make test that draw their cases, with many more of them: properties, processes killed in turn, requests
# made from the OpenAPI document. Takes an hour or so.
#   DIALOG_SOAK_CASES=20000       cases of each property
#   DIALOG_READER_TRIPLES=100000  vehicles, places and instants that an independent reader of DATEX II answers for
#   DIALOG_CRASH_ROUNDS=1000      how often the api process or PostgreSQL is killed
#   DIALOG_CONTRACT_SECONDS=600   how long requests are made from the document
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

export PROPTEST_CASES=${DIALOG_SOAK_CASES:-20000}
export DIALOG_READER_TRIPLES=${DIALOG_READER_TRIPLES:-100000}
export DIALOG_CRASH_ROUNDS=${DIALOG_CRASH_ROUNDS:-1000} DIALOG_CONTRACT_SECONDS=${DIALOG_CONTRACT_SECONDS:-600}
say "every property on $PROPTEST_CASES cases, $DIALOG_CRASH_ROUNDS crashes, $DIALOG_CONTRACT_SECONDS s of requests"
export DIALOG_TEST_LOGS=${DIALOG_TEST_LOGS:-$DIALOG_CACHE_DIR/logs/soak}
state=0
"$ROOT/scripts/test.sh" rust contract || state=$?
# What was really done, in the words of those who did it.
grep -hE '^[0-9]+ kills; |^[0-9]+ of [0-9]+ published; |^[0-9]+ triples of ' "$DIALOG_TEST_LOGS/rust.log" || say "no word of the crashes"
tail -n 12 "$DIALOG_TEST_LOGS/contract.log"
exit "$state"
