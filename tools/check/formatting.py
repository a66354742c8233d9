"""clang-format with the repository's .clang-format."""

import subprocess

from repository import Findings


def run(repository, fix):
    findings = Findings()
    sources = repository.sources()
    if not sources:
        return findings
    if fix:
        subprocess.run(["clang-format", "-i", *sources], cwd=repository.root, check=True)
        return findings
    result = subprocess.run(
        ["clang-format", "--dry-run", "-Werror", *sources], cwd=repository.root, check=False, capture_output=True, text=True)
    unformatted = {}
    for line in result.stderr.splitlines():
        name, separator, rest = line.partition(":")
        if separator and "error:" in rest:
            unformatted.setdefault(name, rest.split(":")[0])
    for name, line in sorted(unformatted.items()):
        findings.problems.append(f"{name}:{line} is not formatted. Run ./dev check --fix")
    if result.returncode and not unformatted:
        findings.problems.append(f"clang-format failed: {result.stderr.strip()}")
    return findings
