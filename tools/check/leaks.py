"""What does not belong into a tracked file: addresses of package registries, paths of one machine."""

import re

from repository import Findings

RULES = [
    (
        re.compile(r"https?://[a-z0-9.-]*(pypi|npm|maven|crates|goproxy|debian)[a-z0-9.-]*/"),
        "names a package registry. Leave the address out: the package manager knows it",
    ),
    (re.compile(r"(^|[^a-z.])/(work|farm)/"), "names a path of one machine. Write it from the repository's root"),
]


def run(repository, fix):
    del fix
    findings = Findings()
    for name in repository.files:
        text = repository.text(name)
        if text is None:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            for pattern, advice in RULES:
                if pattern.search(line):
                    findings.problems.append(f"{name}:{number} {advice}")
    return findings
