#!/bin/sh
# Installs Debian packages and says nothing but what went wrong: scripts/apt.sh PACKAGE…
set -eu
log=$(mktemp)
export DEBIAN_FRONTEND=noninteractive
apt() { apt-get -q -y -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 "$@"; }
if ! { apt update && apt install --no-install-recommends "$@"; } >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    echo "apt-get could not install: $*" >&2
    exit 1
fi
rm -f "$log"
