"""./dev check: looks at the tracked files and says, a line a finding, what to do.

usage: check.py [--fix]

Every check is a module with run(repository, fix) -> Findings. The exit status is 1 if there is a problem.
"""

import pathlib
import sys

import formatting
import generated
import includes
import leaks
import options
import sbom
import scripts
import sizes
from repository import Repository

CHECKS = [
    ("format", formatting),
    ("includes", includes),
    ("sizes", sizes),
    ("leaks", leaks),
    ("scripts", scripts),
    ("generated", generated),
    ("options", options),
    ("licences", sbom),
]


def main():
    fix = "--fix" in sys.argv[1:]
    unknown = [argument for argument in sys.argv[1:] if argument != "--fix"]
    if unknown:
        sys.exit(f"./dev check does not know \"{unknown[0]}\"; see ./dev check --help")
    repository = Repository(pathlib.Path(__file__).resolve().parents[2])
    problems = 0
    for name, check in CHECKS:
        findings = check.run(repository, fix)
        problems += len(findings.problems)
        for line in findings.notes:
            print(f"{name}: {line}")
        for line in findings.problems:
            print(f"{name}: PROBLEM {line}")
        if not findings.notes and not findings.problems:
            print(f"{name}: good")
    print("check: good" if problems == 0 else f"check: {problems} problem{'s' if problems > 1 else ''} to mend")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
