#!/bin/bash
# second_catalogue.sh SOURCES PROGRAMS FOLDER: the region under a catalogue of another shape, loaded as data. First a
# few women with what must come out; then all women of examples/delta, of whom the sums must hold.
set -euo pipefail
sources=$1 programs=$2 folder=$3
rm -rf "$folder"
mkdir -p "$folder"
cp -r "$sources/rulebooks" "$folder/rulebooks"
cp -r "$sources/examples/delta-b/regelboek/." "$folder/rulebooks"
export BUNDEL_RULEBOOKS="$folder/rulebooks"
"$programs/bundel-sim" delta --examples "$sources/examples/delta-b" --data "$folder/few" --bundel "$programs/bundel" --check

cp -r "$sources/examples/delta" "$folder/all-examples"
cp "$sources/examples/delta-b/regio/contracten.csv" "$folder/all-examples/regio/"
"$programs/bundel-sim" delta --examples "$folder/all-examples" --data "$folder/all" --bundel "$programs/bundel"
for data in few all; do
    "$programs/bundel" verify --data "$folder/$data" --as-of 2026-03-01
done
