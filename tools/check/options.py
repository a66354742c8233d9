"""Options that the program reads are declared, with the same default: docs/reference/settings.md is made from what is declared."""

import re

from repository import Findings

PAGE = "docs/reference/settings.md"
ROW = re.compile(r"^\| `([^`]+)` \| ([^|]*) \|", re.MULTILINE)
# settings.number("stock.quiet_days", 90): the default is compared where it is a plain number or text.
READ = re.compile(r'(?:\.number|\.text|\bread)\("([a-z_]+\.[a-z_]+)"(?:, (-?[0-9.]+|"[^"]*"))?')


def run(repository, fix):
    del fix
    findings = Findings()
    declared = {name: default.strip() for name, default in ROW.findall(repository.text(PAGE) or "")}
    if not declared:
        findings.notes.append(f"there is no {PAGE} to compare with; ./dev check --fix makes it")
        return findings
    for name in repository.sources():
        if not name.startswith("src/") or name.endswith("_test.cpp"):
            continue
        for option, default in READ.findall(repository.text(name)):
            problem = judge(option, default.strip('"'), declared)
            if problem:
                findings.problems.append(f"{name}: {problem}")
    return findings


def judge(option, default, declared):
    if option not in declared:
        return f"{option} is read and not declared. Add it to the area's settings_section()"
    if default and not same(default, declared[option]):
        return f"{option} is {default} here and {declared[option]} where it is declared. Make them one"
    return None


def same(one, other):
    try:
        return float(one) == float(other)
    except ValueError:
        return one == other
