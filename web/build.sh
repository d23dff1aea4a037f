#!/bin/sh
# Checks and builds the web application: web/dist, or the folder that is named. Needs Node 18 or later.
set -eu
cd -- "$(dirname -- "$0")"
[ -d node_modules ] || npm ci --no-audit --no-fund --silent
npx tsc
node build.mjs "${1:-dist}"
