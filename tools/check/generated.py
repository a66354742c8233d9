"""Files made from others must equal what would be made now: the Containerfile, the reference pages, the console's
types, the clients."""

import filecmp
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import clients
from console_types import document_of, typescript
from repository import Findings

PACKAGES = "environment/packages.txt"
CONTAINERFILE = "environment/Containerfile"
REFERENCE = "docs/reference"
TYPES = "console/src/api/types.ts"


def run(repository, fix):
    findings = Findings()
    check_containerfile(repository, fix, findings)
    check_reference(repository, fix, findings)
    return findings


def check_containerfile(repository, fix, findings):
    path = repository.root / CONTAINERFILE
    wanted = containerfile(repository.text(PACKAGES))
    if path.exists() and path.read_text() == wanted:
        return
    if fix:
        path.write_text(wanted)
        findings.notes.append(f"{CONTAINERFILE} is made anew")
    else:
        findings.problems.append(f"{CONTAINERFILE} does not follow {PACKAGES}. Run ./dev check --fix")


def containerfile(packages):
    names = sorted({line.partition("#")[0].strip() for line in packages.splitlines()} - {""})
    listed = " \\\n        ".join(names)
    return f"""\
# Made from {PACKAGES} by ./dev check --fix. From the repository's root:
#   podman build -f {CONTAINERFILE} -t suanpan .
FROM debian:forky AS build
RUN apt-get update && apt-get install -y --no-install-recommends \\
        {listed} \\
    && rm -rf /var/lib/apt/lists/*
COPY . /source
WORKDIR /source
RUN ./dev build release
ENTRYPOINT ["/source/build/release/src/suanpan"]
"""


def check_reference(repository, fix, findings):
    program = os.environ.get("SUANPAN", "")
    if not program or not pathlib.Path(program).exists():
        findings.notes.append("the reference pages are not compared: there is no suanpan program yet")
        return
    commands = subprocess.run([program, "--help"], check=False, capture_output=True, text=True).stdout
    if not re.search(r"^\s+docs\b", commands, re.MULTILINE):
        findings.notes.append("the reference pages are not compared: suanpan has no command docs yet")
        return
    with tempfile.TemporaryDirectory(prefix="suanpan-docs-") as folder:
        made = subprocess.run([program, "docs", folder], check=False, capture_output=True, text=True)
        if made.returncode:
            findings.problems.append(f"suanpan docs failed: {made.stderr.strip()}")
        else:
            compare_reference(repository, pathlib.Path(folder), fix, findings)
    check_types(repository, program, fix, findings)


def check_types(repository, program, fix, findings):
    document = document_of(program)
    for file, wanted in ({TYPES: typescript(document)} | clients.texts_of(document)).items():
        path = repository.root / file
        if path.exists() and path.read_text() == wanted:
            continue
        if fix:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted)
            findings.notes.append(f"{file} is made anew")
        else:
            findings.problems.append(f"{file} does not follow the operations. Run ./dev check --fix")


def compare_reference(repository, made, fix, findings):
    kept = repository.root / REFERENCE
    wanted = {path.relative_to(made) for path in made.rglob("*") if path.is_file()}
    present = {path.relative_to(kept) for path in kept.rglob("*") if path.is_file()}
    changed = {name for name in wanted & present if not filecmp.cmp(made / name, kept / name, shallow=False)}
    stale = changed | (wanted ^ present)
    if not stale:
        return
    if fix:
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(made, kept)
        findings.notes.append(f"{REFERENCE} is made anew ({len(stale)} pages changed)")
        return
    for name in sorted(stale):
        findings.problems.append(f"{REFERENCE}/{name} differs from what suanpan docs writes. Run ./dev check --fix")
