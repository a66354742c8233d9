# shellcheck shell=bash
# shellcheck disable=SC2154  # home and root come from dev
# Entering the root file system. Sourced by dev; uses $root, $home and say/stop of dev.
#
# Inside, every directory of the host that does not belong to its operating system keeps its path, so that a path
# means the same inside and outside. Two ways in: bwrap, and, where that is refused and we are root, chroot in a mount
# namespace of our own. In both, all processes inside live in one process namespace that ends with the command.

system_directories=" bin boot dev etc lib lib32 lib64 libx32 lost+found proc run sbin sys usr var "

# The host's directories to show inside, one a line.
shared_directories() {
    local entry name place
    for entry in /* /.[!.]*; do
        name=${entry#/}
        if [[ -d $entry && -r $entry && -x $entry && $system_directories != *" $name "* ]]; then echo "$entry"; fi
    done
    # A path below /var or /run is shown by itself (as on systems whose homes lie in /var/home).
    for place in "$PWD" "$home" "$SUANPAN_CACHE" "${HOME:-/}" "${TMPDIR:-/tmp}"; do
        place=$(realpath -m "$place")
        case $place in
            /var/* | /run/*) [[ -d $place ]] && echo "$place" ;;
        esac
    done | sort -u
}

# Files of the host to show inside, read-only: names, resolver, and what the environment names (certificates, pip.conf).
shared_files() {
    local file variable value
    for file in /etc/resolv.conf /etc/hosts; do [[ -e $file ]] && echo "$file"; done
    if [[ $1 == system ]]; then return; fi
    if [[ $EUID != 0 ]]; then printf '%s\n' /etc/passwd /etc/group; fi
    for file in /etc/ssl/certs/ca-certificates.crt /etc/pip.conf /etc/npmrc; do [[ -f $file ]] && echo "$file"; done
    while IFS='=' read -r -d '' variable value; do
        case $variable:$value in
            *PATH:*) ;;
            *:/etc/* | *:/usr/*) [[ -f $value && -r $value ]] && echo "$value" ;;
        esac
    done < <(env -0) | sort -u
}

# The environment inside: the user's, without what would lead to the host's compilers and libraries.
inside_environment=(
    env "--default-signal=INT,QUIT,TERM,HUP"
    -u CC -u CXX -u LD_PRELOAD -u LD_LIBRARY_PATH -u PYTHONHOME -u PYTHONPATH -u VIRTUAL_ENV -u BASH_ENV -u ENV
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 SUANPAN_INSIDE=1
)

# "bwrap" or "chroot": the first that works here, or the one that SUANPAN_ENTER names.
way_in() {
    if [[ -n ${SUANPAN_ENTER:-} ]]; then
        case $SUANPAN_ENTER in
            bwrap | chroot) echo "$SUANPAN_ENTER" ;;
            *) stop "SUANPAN_ENTER is \"$SUANPAN_ENTER\": it may be bwrap or chroot" ;;
        esac
    elif bwrap_works; then
        echo bwrap
    elif chroot_works; then
        echo chroot
    else
        stop "this machine lets nobody enter a root file system: $(why_no_way_in)"
    fi
}

bwrap_works() {
    command -v bwrap >/dev/null && bwrap --bind "$root" / --dev /dev --proc /proc --unshare-pid true 2>/dev/null
}

chroot_works() {
    [[ $EUID == 0 ]] && command -v unshare setpriv chroot >/dev/null && unshare --mount --pid --fork true 2>/dev/null
}

why_no_way_in() {
    if ! command -v bwrap >/dev/null; then
        echo "bwrap is missing. Run: apt-get install bubblewrap"
    elif [[ -r /proc/sys/kernel/apparmor_restrict_unprivileged_userns ]] &&
        [[ $(</proc/sys/kernel/apparmor_restrict_unprivileged_userns) == 1 ]]; then
        echo "AppArmor refuses user namespaces. Run: sysctl kernel.apparmor_restrict_unprivileged_userns=0, or run ./dev as root"
    else
        echo "bwrap is refused ($(bwrap --bind "$root" / --dev /dev --proc /proc --unshare-pid true 2>&1 | head -n 1)). Allow user namespaces or run ./dev as root"
    fi
}

# enter user|system COMMAND…: runs the command inside and returns its exit status. "system" is for apt: the
# certificates inside stay the root's own.
enter() {
    local kind=$1 way
    shift
    way=$(way_in) || exit 1
    "command_by_$way" "$kind"
    forwarding "${command_inside[@]}" "${inside_environment[@]}" "$@"
}

command_by_bwrap() {
    local path
    command_inside=(bwrap --bind "$root" / --dev /dev --proc /proc)
    while read -r path; do command_inside+=(--bind "$path" "$path"); done < <(shared_directories)
    while read -r path; do command_inside+=(--ro-bind "$(realpath "$path")" "$path"); done < <(shared_files "$1")
    if [[ $EUID == 0 ]]; then command_inside+=(--cap-add ALL); fi
    command_inside+=(--unshare-pid --die-with-parent --chdir "$PWD")
}

command_by_chroot() {
    [[ $EUID == 0 ]] || stop "entering by chroot needs root"
    local lists
    lists=$(shared_directories; echo --; shared_files "$1")
    command_inside=(
        setpriv --pdeathsig KILL
        unshare --mount --pid --fork --kill-child --propagation private
        bash "$home/environment/chroot.sh" "$root" "$PWD" "$lists"
    )
}

# Runs a command in the foreground and hands on to the command inside the signals that only we received. The processes
# on the way are: the command given here, process 1 of the namespace, the command inside.
forwarding() {
    local job status received=""
    trap 'received=INT; hand_on INT "$job"' INT
    trap 'received=TERM; hand_on TERM "$job"' TERM
    trap 'received=HUP; hand_on HUP "$job"' HUP
    (trap '' INT QUIT TERM HUP; exec "$@") <&0 &
    job=$!
    while :; do
        received=""
        status=0
        wait "$job" || status=$?
        [[ -n $received ]] || break
    done
    trap - INT TERM HUP
    return "$status"
}

hand_on() {
    local signal=$1 inside
    # A terminal sends Ctrl-C to everyone in the foreground, thus to the command inside too.
    if [[ $signal == INT ]] && in_foreground; then return; fi
    inside=$(first_child "$(first_child "$2")")
    if [[ -n $inside ]]; then kill -s "$signal" "$inside" 2>/dev/null || true; fi
}

first_child() {
    local child=""
    # The file ends without a newline, for which read returns 1.
    { read -r child _ <"/proc/$1/task/$1/children"; } 2>/dev/null || true
    echo "$child"
}

in_foreground() {
    local line fields
    read -r line <"/proc/$$/stat"
    read -r -a fields <<<"${line##*) }"
    [[ ${fields[2]} == "${fields[5]}" ]] # process group, foreground group of the terminal
}
