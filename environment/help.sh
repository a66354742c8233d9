# shellcheck shell=bash
# What ./dev and ./dev COMMAND --help print. Sourced by dev.

help_overview() {
    cat <<'TEXT'
Suanpan: for people who work on it.  ./dev COMMAND --help explains a command.

  ./dev demo                builds, then shows the whole loop on a simulated shop
  ./dev build [PRESET]      builds build/PRESET (release, debug, asan, tsan, fuzz)
  ./dev run ARGUMENTS…      runs suanpan, built first where the source has changed
  ./dev test [FILTER]       builds and runs the tests
  ./dev bench [NAME]        runs one benchmark of bench/, or lists them
  ./dev fuzz [TARGET] [S]   feeds random input to the parsers for S seconds
  ./dev check [--fix]       checks format, includes, sizes, licences, generated files; --fix mends what can be mended
  ./dev shell               a shell in the environment
  ./dev sources [NAME]      fetches what Debian lacks and verifies it
  ./dev doctor              says what this machine has and what is missing
  ./dev clean [--all]       removes what was built; --all removes the environment too

The first command makes the environment: a Debian 14 root file system in ~/.cache/suanpan (1.3 GB, about a minute).
TEXT
}

help_demo() {
    cat <<'TEXT'
./dev demo [ARGUMENTS…]

Builds the release preset and runs `suanpan demo ARGUMENTS…`, which makes a simulated shop and takes it through forecasts,
proposals, guardrails, approval and measurement. `./dev run demo --help` lists its arguments.
TEXT
}

help_build() {
    cat <<'TEXT'
./dev build [PRESET [TARGET]]

Configures and builds the program by a preset of CMakePresets.json into build/PRESET. Without a name: release.
./dev test builds the tests that it runs; ./dev build PRESET all builds everything at once.

  release  optimised         debug  with assertions        asan  address and undefined-behaviour sanitisers
  tsan     thread sanitiser  fuzz   clang with libFuzzer

Compiled files are cached in ~/.cache/suanpan/ccache.
TEXT
}

help_run() {
    cat <<'TEXT'
./dev run ARGUMENTS…

Runs build/release/src/suanpan with the arguments, from the directory that you stand in. Where the source has changed, it is
built first; that progress goes to standard error, so standard output is the program's alone. The exit status is the
program's. For the program's own help: ./dev run -- --help
TEXT
}

help_test() {
    cat <<'TEXT'
./dev test [FILTER] [--preset PRESET] [--fast]

Builds everything (for a path within a module: its own test program) and runs the tests: GoogleTest programs and tests/**/*_test.py. The
last line counts the single cases: N passed, N failed, N skipped. Fails if a case fails or none runs.

  FILTER           a folder (areas/demand, areas/data/labels), a file (areas/data/load.cpp: the tests beside it), a part of
                   their names (demand), or a GoogleTest pattern with a dot or star (Money.*)
  --preset PRESET  release (default), debug, asan, tsan
  --fast           leaves out the suites whose names contain Slow or Fault, and tests of kills, faults and full disks

The thread sanitiser leaves out the libraries that environment/tsan.txt names:  ./dev test --preset tsan --fast
TEXT
}

help_bench() {
    cat <<'TEXT'
./dev bench [NAME] [ARGUMENTS…]

Builds the release preset and runs bench/NAME/run; without a name lists what there is. The peers that benchmarks compare
with are those of bench/requirements.txt, installed once into ~/.cache/suanpan/peers.
TEXT
}

help_check() {
    cat <<'TEXT'
./dev check [--fix]

Format (clang-format), include rules (environment/includes.txt), sizes of files and functions, generated reference pages,
addresses and paths that do not belong into the repository, Containerfile, shell scripts. --fix mends format and generated files.
TEXT
}

help_fuzz() {
    cat <<'TEXT'
./dev fuzz [--driver] [TARGET] [SECONDS]

Builds the fuzz preset and runs the target, or every *_fuzz.cpp in turn, for SECONDS (default 60). What it finds is kept in
build/fuzz/findings/TARGET, what it learned in build/fuzz/corpus/TARGET. It begins with fuzz/seeds/TARGET.

  --driver         changed copies of the seeds, without coverage, in the asan preset: needs no build of its own
                   (SUANPAN_SEED names the random seed, 1; findings in build/asan/findings/TARGET)
TEXT
}

help_shell() {
    cat <<'TEXT'
./dev shell [COMMAND…]

A shell in the environment, in the directory that you stand in, or one command in it: ./dev shell ninja -C build/release
TEXT
}

help_doctor() {
    cat <<'TEXT'
./dev doctor

Says what this machine has, how the environment is entered, versions, sizes, and what is missing. Changes nothing.
TEXT
}

help_clean() {
    cat <<'TEXT'
./dev clean [--all]

Removes build/. --all removes ~/.cache/suanpan too: the root file system, the compiler's cache, the peers of the benchmarks.
TEXT
}

help_sources() {
    cat <<'TEXT'
./dev sources [NAME]

Fetches what environment/sources.txt names into ~/.cache/suanpan/sources and verifies the checksums.
TEXT
}
