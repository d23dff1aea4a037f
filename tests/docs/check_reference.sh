#!/bin/bash
# check_reference.sh DOCUMENT PROGRAM DATA: commands, options, folders and JSON fields of the program against the
# reference. Words of the reference stand in `backquotes`.
set -euo pipefail
document=$1 program=$2 data=$3
wrong=0

missing() {
    echo "$1"
    wrong=1
}

commands=$("$program" --help | sed '1,/^COMMANDO/d' | awk '/^  [a-z]/ {print $1}')
[ "$(wc -w <<<"$commands")" -gt 10 ] || missing "no commands found in --help"
for group in ei layout rules payout; do # commands with commands below them
    for command in $("$program" $group --help | sed '1,/^COMMANDO/d' | awk '/^  [a-z]/ {print $1}'); do
        commands+=$'\n'"$group/$command"
    done
done
options='--help --version'
for command in $commands; do
    grep -q "^### ${command/\// }\$" "$document" || missing "command without a heading: $command"
    options+=" $("$program" ${command/\// } --help | grep -oE '(^|[ ,])--[a-z][a-z-]*' | tr -d ' ,')"
done
options=$(tr ' ' '\n' <<<"$options" | sort -u)
for option in $options; do
    grep -q -- "\`[^\`]*$option\b" "$document" || missing "option not in the reference: $option"
done
for option in $(grep -oE '`[^`]*`' "$document" | grep -oE -- '--[a-z][a-z-]*' | sort -u); do
    grep -qx -- "$option" <<<"$options" || missing "option that no command has: $option"
done
for heading in $(sed -n 's/^### //p' "$document" | tr ' ' /); do
    grep -qxF -- "$heading" <<<"$commands" || missing "heading that is no command: $heading"
done

# The word wins over the environment, which wins over the folder one is in.
BUNDEL_DATA=/nowhere "$program" report --data "$data" --as-of 2018-01-20 >/dev/null ||
    missing "BUNDEL_DATA wins over --data"
BUNDEL_DATA=$data "$program" report --as-of 2018-01-20 >/dev/null || missing "BUNDEL_DATA is not looked at"

# Params are free: their names are those of the sentence.
fields() { sed '/"params": {$/,/}/{/"params"/!d}' | grep -oE '"[a-z_]+":' | tr -d '":' | sort -u; }
{
    for command in report worklist claims ready verify accruals ceilings trueup forecast; do
        "$program" $command --json --data "$data" --as-of 2018-01-20 || [ $? = 1 ]
    done
    # Names of variables are free, as those of params.
    "$program" rules check --json --data "$data" | sed '/"example": {$/,/}/{/"example"/!d}'
    for command in test variables; do "$program" rules $command --json --data "$data"; done
    "$program" transition "$(dirname "$0")/../../examples/transition/wensen.toml" --json
    for name in show-VK301 show-faults check-faults diff; do cat "$(dirname "$0")/../golden/ei/$name.json"; done
    "$program" explain 08000102/V06 --json --data "$data" --as-of 2018-03-19
} >"$data/../reports.json"
for field in $(fields <"$data/../reports.json"); do
    grep -q "\`$field\`" "$document" || missing "JSON field not in the reference: $field"
done

for entry in "$data"/* "$data"/inbox/* "$data"/outbox/*; do
    grep -q "\`[^\`]*$(basename "$entry")[/\`]" "$document" || missing "not in the reference: $(basename "$entry")"
done
exit $wrong
