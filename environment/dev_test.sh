#!/bin/bash
# Tests ./dev itself: both ways into the root, exit status, standard streams, signals, and that nothing stays behind.
# usage: environment/dev_test.sh      (as root both ways are tried, as an ordinary user bwrap alone)
set -uo pipefail
home=$(cd "$(dirname "$0")/.." && pwd -P)
passed=0 failed=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

expect() {
    local what=$1 wanted=$2 got=$3
    if [[ $wanted == "$got" ]]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "failed ($SUANPAN_ENTER): $what: wanted \"$wanted\", got \"$got\""
    fi
}

dev() { "$home/dev" "$@"; }

# Processes whose command line carries the mark, anywhere on the machine.
count_marked() {
    local file words count=0
    for file in /proc/[0-9]*/cmdline; do
        words=()
        { mapfile -d '' -t words <"$file"; } 2>/dev/null
        [[ ${words[*]} == *"$1"* ]] && count=$((count + 1))
    done
    echo "$count"
}

test_streams() {
    expect "standard input and output" "hello" "$(echo hello | dev shell cat 2>/dev/null)"
    expect "standard error stays apart" "" "$(dev shell bash -c 'echo oops >&2' 2>/dev/null)"
    dev shell bash -c 'exit 7'
    expect "exit status" 7 $?
    dev shell bash -c 'kill -KILL $$'
    expect "exit status of a killed command" 137 $?
    expect "an argument with spaces, quotes and nothing" "[a  b][\"'][]" "$(dev shell printf '[%s]' 'a  b' "\"'" '')"
    expect "an empty standard input" "" "$(dev shell cat </dev/null)"
}

test_paths() {
    mkdir -p "$scratch/a folder"
    expect "directory" "$scratch/a folder" "$(cd "$scratch/a folder" && dev shell pwd)"
    echo content >"$scratch/a folder/file"
    expect "relative path" "content" "$(cd "$scratch/a folder" && dev shell cat file)"
    expect "localhost" "yes" "$(dev shell bash -c 'getent hosts localhost >/dev/null && echo yes')"
    expect "compiler" "/usr/bin/g++" "$(dev shell bash -c 'command -v g++')"
    expect "device files" "yes" "$(dev shell bash -c 'echo x >/dev/null && head -c 1 /dev/urandom >/dev/null && echo yes')"
}

# One process inside that goes down politely on a signal, with a child that does not.
start_marked() {
    mark=suanpan-dev-test-$RANDOM$RANDOM
    local script="trap 'echo polite >$scratch/$mark; exit 0' $1; (trap '' INT TERM HUP; sleep 61; echo $mark) & touch $scratch/$mark.up; while :; do sleep 0.1; done"
    env --default-signal=INT,TERM,HUP "$home/dev" shell bash -c "$script" $mark &
    job=$!
    local tries
    for ((tries = 0; tries < 100; tries++)); do
        [[ -e $scratch/$mark.up ]] && return
        sleep 0.1
    done
    expect "the command has started" yes no
}

wait_or_kill() {
    local tries
    for ((tries = 0; tries < 50; tries++)); do
        kill -0 "$1" 2>/dev/null || break
        sleep 0.1
    done
    kill -s KILL "$1" 2>/dev/null
    wait "$1" 2>/dev/null
    sleep 0.5
}

test_signal() {
    local signal=$1 wanted=$2 mounts_before
    mounts_before=$(wc -l </proc/mounts)
    start_marked "$signal"
    kill -s "$signal" "$job"
    wait_or_kill "$job"
    expect "$signal reaches the command inside" "$wanted" "$(cat "$scratch/$mark" 2>/dev/null)"
    expect "processes after $signal" 0 "$(count_marked "$mark")"
    expect "mounts after $signal" "$mounts_before" "$(wc -l </proc/mounts)"
}

# Ctrl-C in a terminal: everyone in the foreground gets the signal from the terminal, the command exactly once.
test_terminal() {
    mark=suanpan-dev-test-$RANDOM$RANDOM
    python3 "$home/environment/press_control_c.py" "$home/dev" shell bash -c \
        "trap 'echo caught >>$scratch/$mark' INT; touch $scratch/$mark.up; for i in {1..20}; do sleep 0.1; done" "$mark" \
        "$scratch/$mark.up" >/dev/null
    expect "Ctrl-C in a terminal arrives once" "caught" "$(cat "$scratch/$mark" 2>/dev/null)"
    expect "processes after Ctrl-C in a terminal" 0 "$(count_marked "$mark")"
}

test_together() {
    local job_a job_b
    dev shell bash -c 'sleep 0.3; exit 3' &
    job_a=$!
    dev shell bash -c 'sleep 0.1; exit 4' &
    job_b=$!
    wait $job_b
    expect "the quicker of two at once" 4 $?
    wait $job_a
    expect "the slower of two at once" 3 $?
}

ways=bwrap
if [[ $EUID == 0 ]]; then ways="bwrap chroot"; fi
for SUANPAN_ENTER in $ways; do
    export SUANPAN_ENTER
    dev shell true || exit 1
    test_streams
    test_paths
    test_signal INT polite
    test_signal TERM polite
    test_signal HUP polite
    test_signal KILL ""
    test_terminal
    test_together
done
echo "$passed passed, $failed failed, 0 skipped"
((failed == 0))
