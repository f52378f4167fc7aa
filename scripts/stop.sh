#!/usr/bin/env bash
# Stops what start.sh started, and nothing else. The data stay under DIALOG_STATE_DIR.
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
. "$(dirname "${BASH_SOURCE[0]}")/lib/processes.sh"
. "$(dirname "${BASH_SOURCE[0]}")/lib/services.sh"
. "$(dirname "${BASH_SOURCE[0]}")/lib/stack.sh"

STATE_DIR=${DIALOG_STATE_DIR:-$DEFAULT_STATE_DIR}
if [ ! -d "$STATE_DIR" ]; then say "nothing was started from $STATE_DIR"; exit 0; fi
stop_application
stop_redis
stop_postgres
say "stopped; the data are kept in $STATE_DIR"
