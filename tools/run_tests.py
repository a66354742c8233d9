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
import xml.etree.ElementTree as ElementTree

SLOW_SUITES = "*Slow*:*Fault*"


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
    return parser.parse_args()


def is_case_pattern(text):
    """Money.* is a pattern of cases; areas/demand is a folder."""
    return "." in text or "*" in text


def googletest_filter(arguments):
    chosen = arguments.filter if is_case_pattern(arguments.filter) else "*"
    return f"{chosen}-{SLOW_SUITES}" if arguments.fast else chosen


def run_googletests(arguments, totals):
    command = ["ctest", "--test-dir", str(arguments.build), "--output-on-failure", "-j", str(os.cpu_count() or 2)]
    if arguments.filter and not is_case_pattern(arguments.filter):
        command += ["-R", re.escape(arguments.filter.strip("/").replace("/", "_"))]
    with tempfile.TemporaryDirectory(prefix="suanpan-tests-") as folder:
        reports = pathlib.Path(folder)
        summary = reports / "ctest.xml"
        environment = os.environ | {
            "GTEST_OUTPUT": f"json:{reports}/",
            "GTEST_FILTER": googletest_filter(arguments),
            "SUANPAN": arguments.program,
        }
        subprocess.run(command + ["--output-junit", str(summary)], env=environment, check=False)
        for report in sorted(reports.glob("*.json")):
            totals.add_googletest(json.loads(report.read_text()))
        add_programs_without_report(summary, reports, totals)


def add_programs_without_report(summary, reports, totals):
    """A program that crashed, timed out or failed outside a case wrote no failing case: it counts as one."""
    if not summary.exists():
        totals.failed.append("ctest")
        return
    for program in ElementTree.parse(summary).getroot().iter("testcase"):
        name = program.get("name")
        report = reports / f"{name}_test.json"
        counted = report.exists() and json.loads(report.read_text())["failures"] > 0
        if program.get("status") != "run" and not counted:
            totals.failed.append(f"{name} (the program ended with {program.get('status')})")


def run_python_tests(arguments, root, totals):
    if is_case_pattern(arguments.filter):
        return
    environment = os.environ | {"SUANPAN": arguments.program} | ({"SUANPAN_FAST": "1"} if arguments.fast else {})
    for test in sorted((root / "tests").rglob("*_test.py")):
        name = str(test.relative_to(root))
        if arguments.filter not in name:
            continue
        print(f"{name} ...", flush=True)
        run = subprocess.run(
            [sys.executable, "-m", "unittest", name], cwd=root, env=environment, check=False, text=True,
            stderr=subprocess.PIPE)
        if run.returncode:
            print(run.stderr, end="")
        add_unittest(name, run, totals)


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
