# Shell functions shared by ./demo and ./test: steps with their time, and output that is short when all is well.
started=$(date +%s)
mkdir -p build

step() {  # a line that says what happens now; bold for a person, plain in a log
    if [ -t 1 ]; then bold='\033[1m' plain='\033[0m'; else bold='' plain=''; fi
    printf "${bold}[%3ds] %s${plain}\n" $(($(date +%s) - started)) "$1"
}

quietly() {  # quietly LOG COMMAND...: the output only when the command fails
    log=$1
    shift
    if "$@" >"$log" 2>&1; then return 0; fi
    cat "$log" >&2
    return 1
}

loudly() {  # as quietly, but a person who looks on sees the progress
    if [ -t 1 ]; then
        shift
        "$@"
    else
        quietly "$@"
    fi
}
