#!/usr/bin/env bash
# The tests of the server's crates, against a PostgreSQL and a Redis of their own.
. "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"
cd "$ROOT"
: "${TEST_DATABASE_URL:?run it by: make test}" "${TEST_REDIS_URL:?run it by: make test}"
cargo test --locked --no-fail-fast
