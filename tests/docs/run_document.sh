#!/bin/bash
# run_document.sh SOURCES PROGRAMS FOLDER DOCUMENT...: runs the ```sh blocks of documents under docs/, one after
# the other, in a new FOLDER that looks like the clone. A command ends 0, unless the line below it says otherwise:
#   # => exit 1      it ends with this code
#   # => some text   its output contains this text
set -u
sources=$1 programs=$2 folder=$3
shift 3

rm -rf -- "$folder"
mkdir -p -- "$folder/build/release"
ln -s "$programs" "$folder/build/release/bin"
for part in docs examples rulebooks; do ln -s "$sources/$part" "$folder/$part"; done
cd -- "$folder" || exit 1

document='' command='' code=0 wanted=0 commands=0 wrong=0

complain() {
    echo "$document: $1"
    sed 's/^/    /' "$folder/.output"
    wrong=1
}

# Runs what was gathered, in this shell, so that `export` and `cd` last.
run() {
    [ -n "$command" ] || return 0
    eval "$command" >"$folder/.output" 2>&1
    code=$?
    commands=$((commands + 1))
}

# After the expectations below a command were read.
settle() {
    if [ -n "$command" ] && [ "$code" != "$wanted" ]; then
        complain "ends with $code, not $wanted: $command"
    fi
    command='' wanted=0
}

expect() {
    case $1 in
        'exit '*) wanted=${1#exit } ;;
        *) grep -qF -- "$1" "$folder/.output" || complain "does not say '$1': $command" ;;
    esac
}

for document in "$@"; do
    inside=0 open='' end=''
    while IFS= read -r line; do
        if [ $inside = 0 ]; then
            [ "$line" = '```sh' ] && inside=1
            continue
        fi
        if [ -n "$open" ]; then # a command over more lines
            command+=$'\n'$line
            if [ -n "$end" ]; then [ "$line" = "$end" ] && open='' end='' && run
            else [[ $line == *\\ ]] || { open='' && run; }; fi
            continue
        fi
        case $line in
            '```') settle && inside=0 ;;
            '# => '*) expect "${line#\# => }" ;;
            '' | '#'*) ;;
            *)
                settle
                command=$line
                if [[ $line =~ \<\<\'([A-Z]+)\' ]]; then open=1 end=${BASH_REMATCH[1]}
                elif [[ $line == *\\ ]]; then open=1
                else run; fi
                ;;
        esac
    done <"$sources/docs/$document"
done
[ $commands -gt 2 ] || { echo "no commands found in $*" && exit 1; }
echo "$commands commands"
exit $wrong
