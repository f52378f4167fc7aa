#!/usr/bin/env bash
# Installs what is missing on Debian 12, without starting or touching any system service.
# Usage: setup-packages.sh [COMMAND…]   further commands: ogr2ogr, osmium, or one whose package has the same
# name; Python.h for the headers that some packages of PyPI are compiled with
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
. "$(dirname "${BASH_SOURCE[0]}")/lib/services.sh"

missing=()
# want PACKAGES COMMAND: the packages are needed when the command is not there.
want() { have "$2" || read -ra missing <<<"${missing[*]} $1"; }

has_python_headers() {
  python3 -c 'import os, sys, sysconfig
sys.exit(not os.path.exists(os.path.join(sysconfig.get_paths()["include"], "Python.h")))' 2>/dev/null
}

want "ca-certificates curl" curl
want git git
want "gcc libc6-dev" cc
want g++ g++
want make make
want pkg-config pkg-config
want redis-server redis-server
want redis-tools redis-cli
want nginx /usr/sbin/nginx
want ruby erb
want brotli brotli
want libxml2-utils xmllint
want nodejs node
want npm npm
# The fonts are what a page falls back to while its own arrive.
want "chromium fonts-liberation" chromium
want shellcheck shellcheck
python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3 python3-venv)
for command in "$@"; do
  case $command in
    ogr2ogr) want gdal-bin ogr2ogr ;;
    osmium) want osmium-tool osmium ;;
    Python.h) has_python_headers || missing+=(python3-dev) ;;
    *) want "$command" "$command" ;;
  esac
done
postgres_bin >/dev/null || missing+=(postgresql-15 postgresql-15-postgis-3 postgresql-15-postgis-3-scripts postgresql-client-15)

if [ "${#missing[@]}" = 0 ]; then exit 0; fi

as_root=()
if [ "$(id -u)" != 0 ]; then
  if ! sudo -n true 2>/dev/null; then
    die "these packages are missing and only root can install them: apt-get install --no-install-recommends ${missing[*]}"
  fi
  as_root=(sudo -n)
fi
have apt-get || die "this installs Debian packages; on another system install the equivalents of: ${missing[*]}"

say "installing Debian packages: ${missing[*]}"
# For the duration of the installation only: invoke-rc.d starts nothing, and PostgreSQL's package makes no cluster.
policy=/usr/sbin/policy-rc.d
cluster=/etc/postgresql-common/createcluster.d/dialog.conf
restore() {
  if [ -n "${policy_is_ours:-}" ]; then "${as_root[@]}" rm -f "$policy"; fi
  if [ -n "${cluster_is_ours:-}" ]; then "${as_root[@]}" rm -f "$cluster"; fi
}
trap restore EXIT
if [ ! -e "$policy" ]; then
  policy_is_ours=yes
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
  "${as_root[@]}" chmod 0755 "$policy"
fi
if [ ! -e "$cluster" ]; then
  cluster_is_ours=yes
  "${as_root[@]}" mkdir -p "$(dirname "$cluster")"
  echo 'create_main_cluster = false' | "${as_root[@]}" tee "$cluster" >/dev/null
fi

apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l apt-get -qq -o DPkg::Lock::Timeout=300)
logs=$DIALOG_CACHE_DIR/logs
quietly "$logs/apt-update.log" "${apt[@]}" update || say "apt-get update failed; trying with the lists that are there"
quietly "$logs/apt-install.log" "${apt[@]}" install -y --no-install-recommends "${missing[@]}" </dev/null \
  || die "the packages could not be installed"
say "packages installed"
