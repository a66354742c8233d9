#!/bin/bash
# Process 1 of the namespace in which dev enters the root by chroot: binds what is shared, then runs the command.
# usage: chroot.sh ROOT DIRECTORY LISTS COMMAND…   LISTS: directories, a line "--", read-only files; one a line
set -eu
root=$1 directory=$2 lists=$3
shift 3

mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mkdir -p "$root/dev"
mount --rbind /dev "$root/dev"

kind=directory
while read -r path; do
    if [[ $path == -- ]]; then
        kind="file"
    elif [[ $kind == directory ]]; then
        mkdir -p "$root$path"
        mount --rbind "$path" "$root$path"
    else
        target=$(chroot "$root" realpath -m "$path")
        mkdir -p "$root${target%/*}"
        [[ -e $root$target ]] || : >"$root$target"
        mount --bind "$path" "$root$target"
        mount -o remount,bind,ro "$root$target"
    fi
done <<<"$lists"

# Bash itself would remark on a command that a signal ended.
exec 3>&2 2>/dev/null
status=0
# shellcheck disable=SC2016  # expanded inside
chroot "$root" /bin/bash -c 'cd "$0" && exec "$@"' "$directory" "$@" 2>&3 || status=$?
exit "$status"
