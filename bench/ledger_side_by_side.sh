#!/bin/bash
# ledger_side_by_side.sh PROGRAM: our book beside ledger and hledger, on the same journal of 50,000 bundles. PROGRAM is
# ledger_bench. They read a text and add up; we book with every check and the chain. Prints seconds and how many times
# ours.
set -euo pipefail
program=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
journal=$folder/book.journal

"$program" --benchmark_filter=book_and_balance --benchmark_format=csv 2>/dev/null >"$folder/ours.csv"
BUNDEL_JOURNAL=$journal "$program" --benchmark_filter=write_journal >/dev/null 2>&1
ours=$(awk -F, '/^"book_and_balance"/ {printf "%.3f", $4 / 1000}' "$folder/ours.csv")
printf '%-10s %8s s\n' bundel "$ours"
for other in ledger hledger; do
    command -v "$other" >/dev/null || { echo "NOT RUN: $other absent"; continue; }
    /usr/bin/env bash -c 'TIMEFORMAT=%U; time "$1" -f "$2" bal --flat --no-total >/dev/null' _ "$other" "$journal" \
        2>"$folder/time" || { cat "$folder/time"; exit 1; }
    seconds=$(tail -1 "$folder/time")
    printf '%-10s %8s s %8.0f times\n' "$other" "$seconds" "$(awk -v a="$seconds" -v b="$ours" 'BEGIN {print a / b}')"
done
