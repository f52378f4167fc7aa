#!/usr/bin/env bash
# First deployment of a review application: the tables, the demonstration town and its accounts.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
bin/dialog migrate
bin/dialog reference load town --if-missing
bin/dialog seed-demo
