#!/usr/bin/env bash
# Stands for the platform's bin/run: renders nginx.conf.erb inside the platform's wrapper and runs nginx in the foreground.
# Needs PORT; NGINX_DIR is its working folder.
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

cd "$ROOT"
NGINX_DIR=${NGINX_DIR:-$(mktemp -d)}
mkdir -p "$NGINX_DIR"
erb scripts/platform/nginx.conf.erb >"$NGINX_DIR/nginx.conf"
erb nginx.conf.erb >"$NGINX_DIR/site.conf"
exec /usr/sbin/nginx -p "$NGINX_DIR" -e stderr -c "$NGINX_DIR/nginx.conf" "$@"
