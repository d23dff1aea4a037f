#!/bin/bash
# check_readme.sh README PROGRAM DATA: every line of the screen in the README is on the real one, in that order.
set -euo pipefail
readme=$1 program=$2 data=$3
screen=$("$program" report --data "$data" --as-of 2026-03-01)
shown=$(awk '/^```text/ {inside = 1; next} /^```/ {if (inside) exit} inside' "$readme")
[ "$(wc -l <<<"$shown")" -gt 30 ] || { echo "no screen found in $readme" && exit 1; }
# diff says "<" for what only the README has.
extra=$(diff <(echo "$shown") <(echo "$screen") | grep '^<' || true)
[ -z "$extra" ] && exit 0
echo "not on the screen of the demo:"
echo "$extra"
exit 1
