#!/bin/bash
# put_in_force.sh SOURCES PROGRAMS FOLDER: a rulebook comes in force only when proved, tested and approved; a stop
# between two renames leaves a whole one; what was sent under the old one is replayed under it.
set -euo pipefail
sources=$1 programs=$2 folder=$3 bundel=$2/bundel
rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"
export BUNDEL_RULEBOOKS=$sources/rulebooks BUNDEL_DATA=$folder/regio

expect() { # CODE TEXT COMMAND...
    local code=$1 text=$2 got=0
    shift 2
    "$@" >output 2>&1 || got=$?
    [ "$got" = "$code" ] || { echo "ends with $got, not $code: $*" && cat output && exit 1; }
    grep -qF -- "$text" output || { echo "does not say '$text': $*" && cat output && exit 1; }
}
approve() {
    expect 0 Voorgesteld "$bundel" rules propose --rulebook nieuw --by Anna --as-of 2018-03-01
    expect 0 Goedgekeurd "$bundel" rules approve --rulebook nieuw --by Bert --note gezien --as-of 2018-03-02
}
adopt() { "$bundel" rules adopt --rulebook nieuw; }
replace() { # FILE FROM TO
    grep -qF -- "$2" "$1" || { echo "no '$2' in $1" && exit 1; }
    sed -i "s/$2/$3/" "$1"
}

mkdir -p examples/vrouwen
cp -r "$sources"/examples/delta/reg* examples
cp "$sources"/examples/delta/vrouwen/01-*.toml examples/vrouwen
"$programs/bundel-sim" delta --examples examples --data regio --bundel "$bundel" >/dev/null
expect 0 'Alles klopt' "$bundel" verify
[ -f regio/regelboek/models/2023/route.csv ] || { echo "init left the tests behind" && exit 1; }

# Each with its own reason, and the old one stays.
cp -r regio/regelboek nieuw
cp -r regio/regelboek before
expect 3 approval_no_proposal adopt
expect 0 Voorgesteld "$bundel" rules propose --rulebook nieuw --by Anna
expect 3 approval_missing adopt
expect 3 approval_own "$bundel" rules approve --rulebook nieuw --by anna --note goed
cp nieuw/models/2023.dmn model
replace nieuw/models/2023.dmn '<inputEntry><text>&gt;= 1<' '<inputEntry><text>\&gt;= 2<'
expect 1 'eigen regels = 1' "$bundel" rules check --rulebook nieuw
approve
expect 3 rules_adopt_check adopt
cp model nieuw/models/2023.dmn
replace nieuw/models/2023/own_care.csv '1;nee;ja' '1;nee;nee'
expect 1 "verwacht 'nee', uitkomst 'ja'" "$bundel" rules test --rulebook nieuw
approve
expect 3 rules_adopt_test adopt
replace nieuw/models/2023/own_care.csv '1;nee;nee' '1;nee;ja'
mv nieuw/layouts/VK301-2.2.json layout
approve
if "$bundel" verify | grep -q 'Alles klopt: 0 '; then echo "nothing was sent" && exit 1; fi
expect 3 rules_adopt_layout adopt
mv layout nieuw/layouts/VK301-2.2.json
diff -r before regio/regelboek

# In force; the old one is kept, and replayed.
replace nieuw/regimes/2017.toml 'birth_day = { value = "natal"' 'birth_day = { value = "prenatal"'
approve
expect 0 'is in gebruik' adopt
diff -r nieuw regio/regelboek
[ "$(ls regio/regelboeken | wc -l)" = 1 ]
diff -r before regio/regelboeken/*
[ -z "$(ls -d regio/regelboek.* 2>/dev/null)" ] || { echo "something was left" && exit 1; }
expect 0 '"other_rulebook": 0' "$bundel" verify --json
grep -qF '"differences": []' output || { echo "not replayed under the old rulebook" && exit 1; }

# Wherever it stops there is one whole rulebook, and the next adoption tidies up.
stopped() { # WHAT: as the stop left it; it is in force
    expect 0 'Alles klopt' "$bundel" verify
    expect 0 'is in gebruik' adopt
    diff -r nieuw regio/regelboek || { echo "$1" && exit 1; }
    [ -z "$(ls -d regio/regelboek.* 2>/dev/null)" ] || { echo "$1: something was left" && exit 1; }
    diff -r before "$old"
}
old=$(ls -d regio/regelboeken/*)
cp -r nieuw/models regio/regelboek.tmp
stopped 'while the new one was written'
cp -r nieuw regio/regelboek.nieuw
stopped 'before the first rename'
mv regio/regelboek regio/regelboek.oud
cp -r nieuw regio/regelboek.nieuw
stopped 'between the renames'
cp -r before regio/regelboek.oud
stopped 'before the old one was taken away'

# What was kept must be what it was.
echo "# changed" >>"$old/rulebook.toml"
expect 4 rulebook_kept_changed "$bundel" verify
