"""Runs every test program of a build and every tests/**/*_test.py, and counts the single cases.

usage: run_tests.py --build FOLDER --program SUANPAN [--fast] [FILTER]

The last line is "N passed, N failed, N skipped". The exit status is 0 only if something ran and nothing failed.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

SLOW_SUITES = "*Slow*:*Fault*"
# They start the program over and over, which takes seconds each under a sanitiser.
SLOW_TESTS = {"tests/faults_test.py", "tests/full_disk_test.py", "tests/kill_test.py"}
PROGRAM_SECONDS = 1500


class Totals:
    """Counts of single cases; names of the failed ones."""

    def __init__(self):
        self.passed = 0
        self.skipped = 0
        self.failed = []

    def add_googletest(self, report):
        for suite in report["testsuites"]:
            for case in suite["testsuite"]:
                if case.get("failures"):
                    self.failed.append(f"{suite['name']}.{case['name']}")
                elif case.get("result") == "COMPLETED":
                    self.passed += 1
                else:
                    self.skipped += 1


def main():
    arguments = parse_arguments()
    root = pathlib.Path(__file__).resolve().parent.parent
    totals = Totals()
    run_googletests(arguments, totals)
    run_python_tests(arguments, root, totals)
    for name in totals.failed:
        print(f"failed: {name}")
    ran = totals.passed + len(totals.failed)
    if ran == 0:
        print("no test ran" + (f"; does anything match \"{arguments.filter}\"?" if arguments.filter else ""))
    print(f"{totals.passed} passed, {len(totals.failed)} failed, {totals.skipped} skipped")
    return 0 if ran and not totals.failed else 1


def parse_arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--program", required=True)
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("filter", nargs="?", default="")
    arguments = parser.parse_args()
    arguments.filter = arguments.filter.removeprefix("src/").strip("/")
    return arguments


def is_case_pattern(text):
    """Money.* is a pattern of cases; areas/demand is a folder, areas/demand/panel.cpp a file."""
    return "/" not in text and ("." in text or "*" in text)


def googletest_filter(arguments, program):
    chosen = arguments.filter if is_case_pattern(arguments.filter) else cases_beside(arguments, program)
    return f"{chosen}-{SLOW_SUITES}" if arguments.fast else chosen


def cases_beside(arguments, program):
    """The cases of the folder that the filter names, or that the file lies in which it names; all of its module where it has none."""
    path = pathlib.PurePosixPath(arguments.filter)
    if len(path.parts) < 3:
        return "*"
    with tempfile.NamedTemporaryFile(prefix="suanpan-cases-") as listed:
        subprocess.run([*program["command"], "--gtest_list_tests"], check=True, stdout=subprocess.DEVNULL,
                       env=os.environ | {"GTEST_OUTPUT": f"json:{listed.name}"})
        suites = json.loads(pathlib.Path(listed.name).read_text())["testsuites"]
    folder = f"/src/{path.parent if path.suffix else path}/"
    chosen = [f"{suite['name']}.{case['name']}" for suite in suites for case in suite["testsuite"]
              if folder in case["file"] and not (path.suffix and "/" in case["file"].split(folder)[1])]
    return ":".join(chosen) or "*"


def run_googletests(arguments, totals):
    """Each program runs once for every core, with a share of the cases: a change in one area is judged by all cores."""
    shares = os.cpu_count() or 2
    with tempfile.TemporaryDirectory(prefix="suanpan-tests-") as folder, ThreadPoolExecutor(shares) as pool:
        runs = [
            pool.submit(run_share, arguments, program | {"cases": cases}, index, shares, pathlib.Path(folder))
            for program in find_programs(arguments)
            for cases in [googletest_filter(arguments, program)]
            for index in range(shares)
        ]
        for run in runs:
            add_share(run.result(), totals)


def find_programs(arguments):
    """What ctest knows of, as its description in JSON has it; of one folder if the filter names one."""
    listed = subprocess.run(["ctest", "--test-dir", str(arguments.build), "--show-only=json-v1"], check=True, text=True,
                            stdout=subprocess.PIPE)
    programs = [program for program in json.loads(listed.stdout)["tests"] if "command" in program]
    if arguments.filter and not is_case_pattern(arguments.filter):
        folder = "_".join(arguments.filter.split("/")[:2])
        programs = [program for program in programs if folder in program["name"]]
    return programs


@dataclass
class Share:
    """One run of some of a program's cases."""

    name: str
    status: int | str
    output: str
    report: dict | None


def run_share(arguments, program, index, shares, folder):
    report = folder / f"{program['name']}-{index}.json"
    properties = {entry["name"]: entry["value"] for entry in program["properties"]}
    environment = os.environ | {
        "GTEST_OUTPUT": f"json:{report}",
        "GTEST_FILTER": program["cases"],
        "GTEST_TOTAL_SHARDS": str(shares),
        "GTEST_SHARD_INDEX": str(index),
        "SUANPAN": arguments.program,
    }
    try:
        run = subprocess.run(program["command"], cwd=properties.get("WORKING_DIRECTORY"), env=environment, check=False,
                             text=True, errors="replace", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             timeout=PROGRAM_SECONDS)
        status, output = run.returncode, run.stdout
    except subprocess.TimeoutExpired as expired:
        status, output = f"no end within {PROGRAM_SECONDS} s", str(expired.stdout or "")
    return Share(program["name"], status, output, json.loads(report.read_text()) if report.exists() else None)


def add_share(share, totals):
    """A program that crashed, timed out or failed outside a case wrote no failing case: it counts as one."""
    if share.report:
        print(f"{share.name}: {share.report['tests']} cases in {share.report['time']}", flush=True)
        totals.add_googletest(share.report)
    if share.status == 0:
        return
    print(share.output)
    if not share.report or not share.report["failures"]:
        totals.failed.append(f"{share.name} (the program ended with {share.status})")


def run_python_tests(arguments, root, totals):
    """As many at once as there are cores: most of a test of the whole program is waiting for it."""
    if is_case_pattern(arguments.filter):
        return
    environment = os.environ | {"SUANPAN": arguments.program} | ({"SUANPAN_FAST": "1"} if arguments.fast else {})
    names = [str(test.relative_to(root)) for test in sorted((root / "tests").rglob("*_test.py"))]
    if arguments.fast:
        names = [name for name in names if name not in SLOW_TESTS]
    with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        runs = [pool.submit(run_unittest, name, root, environment) for name in names if arguments.filter in name]
        for run in runs:
            add_unittest(*run.result(), totals)


def run_unittest(name, root, environment):
    begun = time.monotonic()
    run = subprocess.run([sys.executable, "-m", "unittest", "-v", name], cwd=root, env=environment, check=False, text=True,
                         errors="replace", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    told = [run.stdout, run.stderr] if run.returncode else re.findall(r"^.*\.\.\. skipped .*$", run.stderr, re.MULTILINE)
    print("\n".join([f"{name}: {time.monotonic() - begun:.0f} s", *told]), flush=True)
    return name, run


def add_unittest(name, run, totals):
    ran = re.search(r"^Ran (\d+) tests?", run.stderr, re.MULTILINE)
    counts = {kind: int(number) for kind, number in re.findall(r"(\w+)=(\d+)", run.stderr.rstrip().rsplit("\n", 1)[-1])}
    failed = counts.get("failures", 0) + counts.get("errors", 0)
    if run.returncode and not failed:
        failed = 0 if "NO TESTS RAN" in run.stderr else 1
    skipped = counts.get("skipped", 0)
    totals.skipped += skipped
    totals.passed += max(0, int(ran.group(1)) - failed - skipped) if ran else 0
    totals.failed += [f"{name} ({number + 1} of {failed})" for number in range(failed)]


if __name__ == "__main__":
    sys.exit(main())
