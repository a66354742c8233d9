# shellcheck shell=bash
# shellcheck disable=SC2154  # home and root come from dev
# The commands of dev. Sourced by dev; all but doctor and clean run inside the environment.

export CCACHE_DIR=$SUANPAN_CACHE/ccache
# Checkouts share what was compiled: paths within one are hashed relative to it.
export CCACHE_BASEDIR=$home CCACHE_NOHASHDIR=1
# A miss asks the compiler which headers there were, instead of preprocessing first; and what a file with precompiled
# headers needs to be found again.
export CCACHE_DEPEND=1
export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
presets="release debug asan tsan fuzz"

# build_preset PRESET [TARGET…]: configures where needed and builds. One build a preset at a time.
build_preset() {
    local preset=$1 folder=$home/build/$1 lock
    shift
    [[ " $presets " == *" $preset "* ]] || stop "there is no preset \"$preset\". There are: $presets"
    mkdir -p "$folder"
    exec {lock}>"$folder/.dev-lock"
    flock --nonblock "$lock" || { say "another ./dev builds $preset; waiting for it" && flock "$lock"; }
    place_engines "$folder" {lock}>&-
    configure "$preset" "$folder" {lock}>&- && ninja -C "$folder" "$@" {lock}>&- || return 1
    exec {lock}>&-
}

# LightGBM's library out of its pinned wheel, where the program looks for it. Without it all is built, boosted trees say
# that it is missing, and their tests are skipped.
place_engines() {
    local library=$1/lib/lib_lightgbm.so wheel
    [[ ! -e $library ]] || return 0
    if ! wheel=$(command_sources lightgbm 2>/dev/null); then
        say "LightGBM could not be fetched; the program is built without boosted trees. To see why: ./dev sources lightgbm"
        return 0
    fi
    mkdir -p "$1/lib"
    python3 -c 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))' \
        "$wheel" lightgbm/lib/lib_lightgbm.so >"$library.partial" && mv "$library.partial" "$library"
}

# The stamp tells of changed presets and packages; ninja sees to changed CMake files by itself.
configure() {
    local preset=$1 folder=$2 stamp
    stamp=$(cat "$home/CMakePresets.json" "$home/environment/packages.txt" | sha256sum)
    if [[ ! -e $folder/build.ninja || ! -r $folder/.dev-stamp || $(<"$folder/.dev-stamp") != "$stamp" ]]; then
        (cd "$home" && cmake --preset "$preset") || return 1
        echo "$stamp" >"$folder/.dev-stamp"
    fi
}

# The program; its tests are built by whoever runs them.
command_build() {
    build_preset "${1:-release}" "${2:-suanpan}" || stop "the build failed; the compiler's message is above"
}

program() { echo "$home/build/${1:-release}/src/suanpan"; }

# Only lines that tell of work reach the terminal, and all of them by standard error.
build_quietly() {
    build_preset release suanpan 2>&1 </dev/null |
        { grep --line-buffered -vE '^ninja: (no work to do|Entering directory)|Re-checking globbed' || true; } >&2
}

command_run() {
    build_quietly || stop "the build failed; the compiler's message is above"
    if [[ ${1:-} == -- ]]; then shift; fi
    exec "$(program)" "$@"
}

command_demo() {
    build_preset release suanpan >&2 || stop "the build failed; the compiler's message is above"
    exec "$(program)" demo "$@"
}

command_shell() {
    if (($#)); then exec "$@"; fi
    exec bash --rcfile <(echo '[ -r ~/.bashrc ] && . ~/.bashrc; PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin; PS1="(suanpan) \w\$ "') -i
}

command_test() {
    local preset=release filter="" fast="" arguments=()
    while (($#)); do
        case $1 in
            --preset) preset=${2:?"--preset needs a name"}; shift ;;
            --fast) fast=--fast ;;
            -*) stop "./dev test does not know \"$1\"; see ./dev test --help" ;;
            *) filter=$1 ;;
        esac
        shift
    done
    # shellcheck disable=SC2046  # no word or one
    build_preset "$preset" $(test_program "$filter") || stop "the build failed; the compiler's message is above"
    arguments=(--build "$home/build/$preset" --program "$(program "$preset")")
    cd "$home" || exit 1
    # Libraries of Debian are not instrumented: what happens inside them says nothing.
    export TSAN_OPTIONS=${TSAN_OPTIONS:-ignore_noninstrumented_modules=1:suppressions=$home/environment/tsan.txt}
    exec python3 "$home/tools/run_tests.py" "${arguments[@]}" ${fast:+"$fast"} ${filter:+"$filter"}
}

# The one program to build where the filter is a module or lies in one: areas/demand; nothing where it is anything else.
test_program() {
    local path=${1#src/} area module
    [[ $path == */* && -e $home/src/$path ]] || return 0
    IFS=/ read -r area module _ <<<"$path"
    if [[ -n $(find "$home/src/$area/$module" -name '*_test.cpp' -print -quit) ]]; then echo "${area}_${module}_test"; fi
}

command_bench() {
    local name=${1:-} run
    if [[ -z $name ]]; then
        for run in "$home"/bench/*/run; do [[ -x $run ]] && basename "$(dirname "$run")"; done
        return 0
    fi
    shift
    [[ -x $home/bench/$name/run ]] || stop "there is no bench/$name/run; ./dev bench lists what there is"
    build_preset release suanpan >&2 || stop "the build failed; the compiler's message is above"
    prepare_peers
    SUANPAN=$(program) exec "$home/bench/$name/run" "$@"
}

# A virtual environment with the peers, made again when its list changes.
prepare_peers() {
    local list=$home/bench/requirements.txt peers=$SUANPAN_CACHE/peers hash
    [[ -r $list ]] || return 0
    hash=$(sha256sum <"$list")
    if [[ ! -r $peers/.stamp || $(<"$peers/.stamp") != "$hash" ]]; then
        say "installing the peers of bench/requirements.txt into $peers"
        python3 -m venv --clear "$peers" >&2
        "$peers/bin/pip" install --quiet --requirement "$list" >&2 || stop "pip could not install the peers; its message is above"
        echo "$hash" >"$peers/.stamp"
    fi
    export PATH=$peers/bin:$PATH SUANPAN_PEERS=$peers
}

# Format, includes and so on need nothing built; the reference pages come from the program itself.
command_check() {
    if [[ -e $home/src/main.cpp ]] && build_quietly; then SUANPAN=$(program); fi
    SUANPAN=${SUANPAN:-} exec python3 "$home/tools/check/check.py" "$@"
}

command_fuzz() {
    local preset=fuzz target seconds names name program
    if [[ ${1:-} == --driver ]]; then
        preset=asan
        shift
    fi
    target=${1:-} seconds=${2:-60}
    if [[ $target =~ ^[0-9]+$ ]]; then seconds=$target target=""; fi
    names=$(find "$home/src" -name '*_fuzz.cpp' -exec basename {} _fuzz.cpp \; | sort | paste -sd ' ')
    [[ -z $target || " $names " == *" $target "* ]] || stop "there is no target \"$target\". There are: $names"
    if [[ -n $target ]]; then program=${target}_fuzz; else program=fuzzers; fi
    build_preset "$preset" "$program" || stop "the build failed; the compiler's message is above"
    for name in ${target:-$names}; do
        program=$(find "$home/build/$preset/src" -type f -name "${name}_fuzz" -perm -u+x)
        if [[ $preset == asan ]]; then drive_one "$program" "$name" "$seconds"; else fuzz_one "$program" "$name" "$seconds"; fi
    done
}

fuzz_one() {
    local corpus=$home/build/fuzz/corpus/$2 findings=$home/build/fuzz/findings/$2
    mkdir -p "$corpus" "$findings"
    say "$2 for $3 s"
    "$1" -max_total_time="$3" -print_final_stats=1 -artifact_prefix="$findings/" "$corpus" "$home/fuzz/seeds/$2" \
        </dev/null || stop "$2 found something: see build/fuzz/findings/$2"
}

# Without coverage, by the sanitisers' build: what .ci/run has time for.
drive_one() {
    local findings=$home/build/asan/findings/$2
    mkdir -p "$findings"
    say "$2 for $3 s"
    "$1" "$3" "${SUANPAN_SEED:-1}" "$findings" "$home/fuzz/seeds/$2" </dev/null ||
        stop "$2 found something: see build/asan/findings/$2"
}

# Each line of sources.txt: kind, name, version, sha256, file.
command_sources() {
    local wanted=${1:-} folder=$SUANPAN_CACHE/sources kind name version hash file
    mkdir -p "$folder"
    while read -r kind name version hash file; do
        if [[ $kind == "" || $kind == \#* || (-n $wanted && $wanted != "$name") ]]; then continue; fi
        if ! has_hash "$folder/$file" "$hash"; then
            say "fetching $name $version"
            fetch_"$kind" "$name" "$version" "$folder" || stop "$name $version could not be fetched; the message is above"
            has_hash "$folder/$file" "$hash" ||
                stop "$folder/$file is missing or has another checksum than environment/sources.txt says. Do not use it"
        fi
        echo "$folder/$file"
    done <"$home/environment/sources.txt"
}

has_hash() { [[ -r $1 ]] && echo "$2  $1" | sha256sum --check --status; }

fetch_pypi() {
    local tool=$SUANPAN_CACHE/pip
    [[ -x $tool/bin/pip ]] || python3 -m venv "$tool" >&2
    "$tool/bin/pip" download --quiet --no-deps --only-binary=:all: --dest "$3" "$1==$2" </dev/null >&2
}

command_clean() {
    local all=""
    case ${1:-} in
        "") ;;
        --all) all=1 ;;
        *) stop "./dev clean does not know \"$1\"; see ./dev clean --help" ;;
    esac
    remove_tree "$home/build"
    if [[ -n $all ]]; then remove_tree "$SUANPAN_CACHE"; fi
}
