# shellcheck shell=bash
# shellcheck disable=SC2154  # home and root come from dev
# Making the root file system and keeping it equal to packages.txt. Sourced by dev; uses $root, $home, say, stop.

suite=forky # Debian 14; mmdebstrap knows the mirror

package_list() { sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$home/environment/packages.txt" | LC_ALL=C sort -u; }
packages_hash() { package_list | sha256sum | cut -c 1-16; }

# True on Debian 14 or newer: testing has no VERSION_ID.
is_debian_14() (
    [[ -r /etc/os-release ]] || exit 1
    ID="" VERSION_ID=""
    # shellcheck source=/dev/null
    . /etc/os-release
    [[ $ID == debian ]] && ((${VERSION_ID:-99} >= 14))
)

# Sees to it that commands can be run: on Debian 14 the packages, elsewhere the root file system.
prepare_environment() {
    if is_debian_14; then install_here; else prepare_root; fi
}

install_here() {
    local missing
    missing=$(missing_here "$(package_list)")
    [[ -n $missing ]] || return 0
    if [[ $EUID == 0 ]]; then
        say "installing: $missing"
        # shellcheck disable=SC2086  # a list of words
        if ! { apt_get update && apt_get install --no-install-recommends $missing; }; then
            stop "apt-get could not install these packages; its message is above"
        fi
    else
        stop "packages are missing. Run: sudo apt-get install --no-install-recommends $missing"
    fi
}

missing_here() {
    local installed
    # shellcheck disable=SC2016  # dpkg-query's own variables
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | LC_ALL=C sort -u)
    # shellcheck disable=SC2086  # a list of words
    LC_ALL=C comm -23 <(printf '%s\n' $1 | LC_ALL=C sort -u) <(echo "$installed") | paste -sd ' '
}

apt_get() { DEBIAN_FRONTEND=noninteractive apt-get -q -y "$@" </dev/null >&2; }

# The stamp says from which list the root's packages are. It is read without a lock: an up-to-date root costs nothing.
root_is_current() { [[ -r $root/.suanpan-packages && $(<"$root/.suanpan-packages") == "$(packages_hash)" ]]; }

prepare_root() {
    if root_is_current; then return; fi
    install_host_tools
    mkdir -p "$SUANPAN_CACHE"
    exec {root_lock}>"$SUANPAN_CACHE/root.lock"
    if ! flock --nonblock "$root_lock"; then
        say "another ./dev prepares the root file system; waiting for it"
        flock "$root_lock"
    fi
    if ! root_is_current; then
        if [[ ! -d $root ]]; then
            make_root
        elif [[ $EUID == 0 && -O $root ]]; then
            update_root
        else
            say "the package list has changed: the root file system is made anew"
            make_root
        fi
    fi
    exec {root_lock}>&-
}

# mmdebstrap and bubblewrap come from the host's own distribution.
install_host_tools() {
    local missing
    missing=$(missing_tools)
    [[ -n $missing ]] || return 0
    if [[ $EUID == 0 ]] && command -v apt-get >/dev/null; then
        say "installing on this machine:$missing"
        # shellcheck disable=SC2086  # a list of words
        apt_get install --no-install-recommends $missing 2>/dev/null ||
            { apt_get update && apt_get install --no-install-recommends $missing; } ||
            stop "apt-get could not install$missing; its message is above"
    elif command -v apt-get >/dev/null; then
        stop "tools are missing. Run: sudo apt-get install$missing"
    else
        stop "tools are missing. Install with this system's package manager:$missing (Debian's names)"
    fi
}

missing_tools() {
    command -v mmdebstrap >/dev/null || printf ' mmdebstrap'
    [[ -e /usr/share/keyrings/debian-archive-keyring.gpg ]] || printf ' debian-archive-keyring'
    command -v bwrap >/dev/null || printf ' bubblewrap'
    if [[ $EUID != 0 ]] && ! command -v newuidmap >/dev/null; then printf ' uidmap'; fi
}

make_root() {
    local begin=$SECONDS partial=$root.partial log=$SUANPAN_CACHE/root.log
    say "making the root file system (Debian $suite, 1.3 GB, about a minute, once)"
    remove_tree "$partial"
    if [[ $EUID == 0 ]]; then bootstrap_as_root; else bootstrap_as_user; fi
    : >>"$partial/etc/hosts"
    rm -f "$partial/etc/resolv.conf"
    : >"$partial/etc/resolv.conf"
    packages_hash >"$partial/.suanpan-packages"
    remove_tree "$root"
    mv "$partial" "$root"
    say "the root file system stands after $((SECONDS - begin)) s: $root"
}

bootstrap_as_root() {
    bootstrap root "$partial"
}

# An ordinary user's root is unpacked without owners: everything in it belongs to the user.
bootstrap_as_user() {
    has_subordinate_ids || stop "$(advice_subordinate_ids)"
    local archive=$SUANPAN_CACHE/root.tar
    bootstrap unshare - >"$archive"
    mkdir -p "$partial"
    tar --extract --file "$archive" --directory "$partial" --no-same-owner --exclude './dev/*'
    rm -f "$archive"
    chmod -R u+rwX "$partial"
}

has_subordinate_ids() { grep -qsE "^($(id -un)|$EUID):" /etc/subuid && grep -qsE "^($(id -un)|$EUID):" /etc/subgid; }

advice_subordinate_ids() {
    echo "this user has no subordinate ids. Run: sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 $(id -un)"
}

# bootstrap MODE TARGET; the mirror's Release file may have expired, the signatures are checked all the same.
bootstrap() {
    local format=directory
    if [[ $1 == unshare ]]; then format=tar; fi
    contained mmdebstrap --mode="$1" --variant=minbase --format=$format --aptopt='Acquire::Check-Valid-Until "false"' \
        --include="$(package_list | paste -sd ,)" "$suite" "$2" 2> >(tee "$log" | progress_of_bootstrap >&2) ||
        stop "mmdebstrap could not make the root file system. Its last words: $(tail -n 3 "$log")"
}

# Runs a command that mounts and forks so that nothing of it outlives us, however we end.
contained() {
    local job status=0 namespace=()
    if [[ $EUID == 0 ]]; then
        # shellcheck disable=SC2016  # expanded by process 1 of the namespace
        namespace=(unshare --mount --pid --fork --kill-child --mount-proc bash -c '"$@"; exit $?' process-1)
    fi
    trap 'end_contained "$job"; exit 130' INT TERM HUP
    setpriv --pdeathsig KILL "${namespace[@]}" "$@" </dev/null &
    job=$!
    wait "$job" || status=$?
    trap - INT TERM HUP
    return "$status"
}

# An ordinary user's mmdebstrap is given 10 s to remove its temporary directory, which belongs to other user ids.
end_contained() {
    local seconds
    trap '' INT TERM HUP
    say "interrupted; the next ./dev begins this step again"
    if [[ $EUID != 0 ]]; then
        kill_tree TERM "$1"
        for ((seconds = 0; seconds < 10; seconds++)); do
            kill -0 "$1" 2>/dev/null || return 0
            sleep 1
        done
    fi
    kill_tree KILL "$1"
    wait "$1" || true
}

kill_tree() {
    local children="" child
    { read -r children <"/proc/$2/task/$2/children"; } 2>/dev/null || true
    for child in $children; do kill_tree "$1" "$child"; done
    kill -s "$1" "$2" 2>/dev/null || true
}

progress_of_bootstrap() { grep --line-buffered -E '^(I|E|dev):' || true; }

# Brings a root of an older list up to date. It may have been interrupted before: dpkg finishes what it began.
update_root() {
    say "installing the packages that environment/packages.txt names into $root"
    rm -f "$root/.suanpan-packages"
    : >>"$root/etc/hosts"
    : >>"$root/etc/resolv.conf"
    echo 'Acquire::Check-Valid-Until "false";' >"$root/etc/apt/apt.conf.d/90valid"
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
    chmod +x "$root/usr/sbin/policy-rc.d"
    local apt="apt-get -q -y --no-install-recommends -o Dpkg::Options::=--force-confold"
    # shellcheck disable=SC2046,SC2086  # lists of words
    (cd / && enter system env DEBIAN_FRONTEND=noninteractive bash -euc "
        dpkg --configure -a
        apt-get -q update
        $apt --fix-broken install
        $apt install $(package_list | paste -sd ' ')" </dev/null >&2) ||
        stop "the packages could not be installed; apt's message is above. Run the command again, or ./dev clean --all to begin anew"
    packages_hash >"$root/.suanpan-packages"
}

# Removes a directory unless something is mounted below it.
remove_tree() {
    [[ -e $1 ]] || return 0
    if grep -qF " $1/" /proc/self/mounts; then stop "something is mounted below $1. Unmount it first"; fi
    chmod -R u+rwX "$1" 2>/dev/null || true
    rm -rf --one-file-system "$1"
}
