#!/usr/bin/env bash
# Builds the browser application into frontend/dist, when a source is newer than what is there.
# Usage: build-frontend.sh quick|release   (see frontend/build.sh)
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

profile=${1:?"usage: build-frontend.sh quick|release"}
cd "$ROOT"
mkdir -p frontend/build
# make start and make test may run side by side: one build at a time.
exec 9>frontend/build/lock
flock 9
stamp=frontend/build/built-with
built=$(cat "$stamp" 2>/dev/null || true)
# What is fit to be deployed is fit for a first look too.
if [ -f frontend/dist/index.html ] && { [ "$built" = "$profile" ] || [ "$built" = release ]; }; then
  newer=$(find Cargo.toml Cargo.lock frontend crates/domain crates/text crates/api-types crates/client \
    \( -path frontend/node_modules -o -path frontend/dist -o -path frontend/build \) -prune -o -type f -newer "$stamp" -print -quit)
  if [ -z "$newer" ]; then
    say "browser application: up to date ($built)"
    exit 0
  fi
fi

say "building the browser application ($profile)"
# A file saved during the build is newer than the stamp, so the next build sees it.
rm -f "$stamp"
began=$(mktemp)
quietly "$DIALOG_CACHE_DIR/logs/frontend-$profile.log" frontend/build.sh "$profile"
echo "$profile" >"$stamp"
touch -r "$began" "$stamp"
rm -f "$began"
say "browser application built"
