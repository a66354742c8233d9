"""The arrows between the folders of src, as environment/includes.txt draws them."""

import re

from repository import Findings

RULES = "environment/includes.txt"
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


def run(repository, fix):
    del fix
    findings = Findings()
    rules = read_rules(repository.text(RULES) or "")
    for name in repository.sources():
        if not name.startswith("src/"):
            continue
        folder = folder_of(name.removeprefix("src/"))
        allowed = rules.get(pattern_of(folder))
        if allowed is None:
            findings.problems.append(f"{name}: {RULES} has no line for {folder}. Add one")
            continue
        for included in INCLUDE.findall(repository.text(name)):
            problem = judge(folder, folder_of(included), allowed)
            if problem:
                findings.problems.append(f"{name} includes \"{included}\": {problem}")
    return findings


def read_rules(text):
    rules = {}
    for line in text.splitlines():
        folder, arrow, allowed = line.partition("#")[0].partition("<-")
        if arrow:
            rules[folder.strip()] = {word if word == "*" else f"platform/{word}" for word in allowed.split()}
    return rules


def folder_of(path):
    """platform/base of platform/base/money.h; "." of main.cpp."""
    parts = path.split("/")
    return "/".join(parts[:2]) if len(parts) >= 3 else "."


def pattern_of(folder):
    return "areas/*" if folder.startswith("areas/") else folder


def judge(folder, included, allowed):
    if included == folder or included in allowed or "*" in allowed:
        return None
    if folder.startswith("areas/") and included.startswith("areas/"):
        return "an area never includes another. Read its views, or call its operation by name"
    if included == ".":
        return "write it from src, as in \"platform/base/result.h\"; what lies in src itself is for main alone"
    return f"{folder} may not use {included} ({RULES}). Move what is shared down, or pass it in"
