#!/usr/bin/env bash
# The tests of the server's crates, against a PostgreSQL, a Redis and an Addok of their own.
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
cd "$ROOT"
: "${TEST_DATABASE_URL:?run it by: make test}" "${TEST_REDIS_URL:?run it by: make test}"
TEST_ADDOK=$("$ROOT/scripts/setup-addok.sh")
export TEST_ADDOK
# The output of tests that pass too: what they skipped, and what they went through.
cargo test --locked --no-fail-fast -- --show-output
