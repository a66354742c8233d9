"""shellcheck over the shell scripts."""

import subprocess

from repository import Findings


def run(repository, fix):
    del fix
    findings = Findings()
    scripts = [name for name in repository.files if is_script(repository, name)]
    result = subprocess.run(
        ["shellcheck", "--external-sources", "--format=gcc", *scripts], cwd=repository.root, check=False,
        capture_output=True, text=True)
    findings.problems += result.stdout.splitlines()
    if result.returncode and not findings.problems:
        findings.problems.append(f"shellcheck failed: {result.stderr.strip()}")
    return findings


def is_script(repository, name):
    if name.endswith(".sh"):
        return True
    with open(repository.root / name, "rb") as file:
        return is_shebang(file.readline(64))


def is_shebang(line):
    return line.startswith(b"#!") and line.rstrip().endswith((b"bash", b"/sh"))
