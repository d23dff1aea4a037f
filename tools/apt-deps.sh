#!/bin/sh
# Installs the Debian packages of the named groups (tools/packages.txt) that are missing.
#   tools/apt-deps.sh build test
# Without root or a sudo that asks nothing it prints the one line to run, and stops with exit code 1.
set -eu
folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

if ! command -v dpkg-query >/dev/null; then
    echo "No Debian: see tools/packages.txt for what is needed. Going on." >&2
    exit 0
fi

missing=""
for group in "$@"; do
    for package in $(awk -v group="$group" '$1 == group {print $2}' "$folder/packages.txt"); do
        state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
        [ "$state" = installed ] || missing="$missing $package"
    done
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root="sudo"
else
    echo "These Debian packages are missing. Install them with:" >&2
    echo "  sudo apt-get install --no-install-recommends$missing" >&2
    exit 1
fi
$as_root apt-get -q update
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends $missing
