# shellcheck shell=bash
# shellcheck disable=SC2154  # home and root come from dev
# ./dev doctor: what this machine has and what is missing. Changes nothing. Sourced by dev.

good() { echo "  ✓ $*"; }
neutral() { echo "  · $*"; }
bad() {
    echo "  ✗ $*"
    doctor_problems=$((doctor_problems + 1))
}

command_doctor() {
    doctor_problems=0
    echo "machine"
    doctor_machine
    echo "environment"
    if is_debian_14; then doctor_packages; else doctor_root; fi
    echo "project"
    doctor_project
    if ((doctor_problems)); then
        echo "$doctor_problems missing; each line with ✗ says what to do"
        return 1
    fi
    echo "nothing is missing"
}

doctor_machine() {
    local name memory space
    name=$(sed -n 's/^PRETTY_NAME="\?\([^"]*\)"\?$/\1/p' /etc/os-release 2>/dev/null || true)
    good "${name:-an unknown system}, $(uname -m), Linux $(uname -r), user $(id -un)"
    [[ $(uname -m) == x86_64 ]] || bad "only x86_64 is tried"
    memory=$(($(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo) / 1048576))
    if ((memory >= 4)); then good "$memory GiB memory, $(nproc) cores"; else bad "$memory GiB memory: the build wants 4 GiB"; fi
    space=$(($(df --output=avail -k "$(nearest_directory "$SUANPAN_CACHE")" | tail -n 1) / 1048576))
    if ((space >= 5)); then good "$space GiB free for $SUANPAN_CACHE"; else bad "$space GiB free for $SUANPAN_CACHE: 5 GiB are wanted. Set SUANPAN_CACHE to a larger disk"; fi
}

nearest_directory() {
    local directory=$1
    while [[ ! -d $directory ]]; do directory=$(dirname "$directory"); done
    echo "$directory"
}

doctor_packages() {
    local missing
    missing=$(missing_here "$(package_list)")
    good "Debian 14 or newer: everything runs directly"
    if [[ -z $missing ]]; then good "all packages are installed"; else bad "packages are missing. Run: sudo apt-get install --no-install-recommends $missing"; fi
}

doctor_root() {
    local missing way
    missing=$(missing_tools)
    if [[ -n $missing && $EUID == 0 ]]; then
        neutral "the next ./dev installs:$missing"
    elif [[ -n $missing ]]; then
        bad "tools are missing. Run: sudo apt-get install$missing"
    else
        good "mmdebstrap and bubblewrap are installed"
    fi
    if [[ $EUID != 0 ]] && ! has_subordinate_ids; then bad "$(advice_subordinate_ids)"; fi
    if [[ ! -d $root ]]; then
        neutral "the root file system is not made yet; the first ./dev build makes it (1.3 GB, about a minute)"
        return
    fi
    if root_is_current; then good "root file system: $root, $(size_of "$root")"; else neutral "$root follows an older package list; the next ./dev brings it up to date"; fi
    if way=$(way_in 2>&1); then good "entered by $way"; else bad "$way"; fi
    doctor_versions
}

doctor_versions() {
    # shellcheck disable=SC2016  # expanded inside
    enter user bash -c '
        for tool in g++ clang++ cmake ninja ccache mold python3; do
            printf "  ✓ %s\n" "$($tool --version | head -n 1 | sed "/^[0-9]/s/^/$tool /")"
        done' || bad "the tools inside cannot be run. Try ./dev shell"
}

doctor_project() {
    local preset built=""
    for preset in "$home"/build/*/build.ninja; do
        if [[ -e $preset ]]; then built+=" $(basename "$(dirname "$preset")")"; fi
    done
    if [[ -n $built ]]; then good "built:$built, $(size_of "$home/build")"; else neutral "nothing is built yet. Run ./dev build"; fi
    if [[ -d $SUANPAN_CACHE/ccache ]]; then good "compiler's cache: $(size_of "$SUANPAN_CACHE/ccache")"; fi
    if [[ -d $SUANPAN_CACHE/peers ]]; then good "peers of the benchmarks: $(size_of "$SUANPAN_CACHE/peers")"; fi
    if [[ -d $home/../shared/data ]]; then good "data for tests: ../shared/data"; else neutral "no ../shared/data: the tests that read it are skipped"; fi
}

size_of() { du -sh "$1" 2>/dev/null | cut -f 1; }
