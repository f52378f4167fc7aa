#!/usr/bin/env bash
# Loads what the look-ups need, by the commands that an operator uses: the demonstration town always, and real data
# from DIALOG_SHARED_DIR when they are there. What is in use already is left alone.
# Needs DIALOG_BIN and the configuration of the application.
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

data=$DIALOG_SHARED_DIR/data
reference() { "${DIALOG_BIN:?}" reference "$@"; }

say "loading the demonstration town"
reference load town --if-missing
if [ ! -d "$data" ]; then
  echo "skipped: real streets: there is no $data"
  exit 0
fi
if [ -f "$data/admin/communes.json.gz" ]; then
  say "loading the communes of France"
  reference load communes --if-missing --source cog --territory france --date 2026-01-01 \
    --communes "$data/admin/communes.json.gz" --contours "$data/admin/communes-contours.geojsonl.gz"
fi
if [ -f "$data/osm/paris-centre-2014-streets.geojsonl.gz" ]; then
  say "loading the centre of Paris (OpenStreetMap contributors, 2014)"
  reference load network --if-missing --source osm --territory paris-centre --date 2014-11-23 \
    --streets "$data/osm/paris-centre-2014-streets.geojsonl.gz" --addresses "$data/osm/paris-centre-2014-addresses.csv.gz"
fi
