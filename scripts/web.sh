#!/usr/bin/env bash
# The web process: the API on an inner port and nginx in front of it. Either one's end is the end of both, so that the
# platform starts the container again; a request to stop is passed on to both.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
api=${DIALOG_BIN:-bin/dialog}
# On the platform the nginx buildpack writes bin/run.
nginx=${NGINX_COMMAND:-bin/run}
export API_PORT=${API_PORT:-8081}
pids=()

stop() {
  trap - TERM INT
  [ "${#pids[@]}" = 0 ] || kill -TERM "${pids[@]}" 2>/dev/null || true
}
trap 'stopping=yes; stop' TERM INT

# PORT belongs to nginx.
env -u PORT "$api" api &
pids+=($!)

# nginx opens the public port only when the API answers behind it: a container that is not ready gets no traffic.
for _ in $(seq 1 500); do
  if (exec 3<>"/dev/tcp/127.0.0.1/$API_PORT") 2>/dev/null; then ready=yes; break; fi
  if [ -n "${stopping:-}" ] || ! kill -0 "${pids[0]}" 2>/dev/null; then break; fi
  sleep 0.1
done

if [ -n "${ready:-}" ] && [ -z "${stopping:-}" ]; then
  "$nginx" &
  pids+=($!)
  wait -n "${pids[@]}" || true
fi

stop
for pid in "${pids[@]}"; do wait "$pid" || true; done
if [ -n "${stopping:-}" ]; then exit 0; fi
echo "web: the API or nginx stopped by itself" >&2
exit 1
