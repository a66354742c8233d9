"""Sizes of files and functions: long ones are named, very long files are a problem."""

import re
import statistics

from repository import Findings

LONG_FILE = 350
TOO_LONG_FILE = 600
LONG_FUNCTION = 30
SHOWN = 5

RAW_STRING = re.compile(r'R"([^(\s]*)\((.*?)\)\1"', re.DOTALL)
NOISE = re.compile(r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'""", re.DOTALL)
NO_FUNCTION = re.compile(r"\b(namespace|class|struct|enum|union|extern)\b")
ATTRIBUTES = re.compile(r"^\s*(template\s*<[^{};]*>\s*)?")


def run(repository, fix):
    del fix
    findings = Findings()
    files = []
    functions = []
    for name in repository.sources():
        text = repository.text(name)
        files.append((text.count("\n"), name))
        functions += [(length, f"{name}:{line} {title}") for length, line, title in find_functions(text)]
    for lines, name in files:
        if lines > TOO_LONG_FILE:
            findings.problems.append(f"{name} has {lines} lines, more than {TOO_LONG_FILE}. Split it by thought")
    describe(findings.notes, "files", files, LONG_FILE)
    describe(findings.notes, "functions", functions, LONG_FUNCTION)
    return findings


def describe(notes, what, measured, limit):
    if not measured:
        return
    measured.sort(reverse=True)
    lengths = [length for length, _ in measured]
    longer = sum(length > limit for length in lengths)
    ninety = sorted(lengths)[int(0.9 * (len(lengths) - 1))]
    notes.append(
        f"{len(lengths)} {what}, median {statistics.median(lengths):g} lines, 90 % within {ninety}, {longer} over {limit}")
    for length, name in measured[:min(SHOWN, longer)]:
        notes.append(f"  {length} lines: {name}")


def blank(match):
    """Keeps the lines, drops what braces a comment or a string may hold."""
    return '""' + "\n" * match.group(0).count("\n")


def find_functions(text):
    """(lines, first line, name) of each outermost block that follows a parameter list."""
    text = NOISE.sub(blank, RAW_STRING.sub(blank, text))
    text = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda match: "\n" * match.group(0).count("\n"), text, flags=re.MULTILINE)
    found = []
    stack = []  # for each open brace: the start of a function, or None
    head = 0
    for match in re.finditer(r"[{};]", text):
        at = match.start()
        if match.group() == "{":
            stack.append(title_of(text[head:at]) and (at, title_of(text[head:at])) if not any(stack) else None)
        elif match.group() == "}" and stack:
            begin = stack.pop()
            if begin:
                first = text.count("\n", 0, begin[0]) + 1
                found.append((text.count("\n", begin[0], at) + 1, first, begin[1]))
        head = at + 1
    return found


def title_of(head):
    """The name of the function whose head this is, or None."""
    head = ATTRIBUTES.sub("", head)
    named = re.search(r"([\w~:]+|operator\S+)\s*\(", head)
    if not named or NO_FUNCTION.search(head[:named.start()]) or "=" in head[:named.start()].replace("==", ""):
        return None
    test = re.match(r"\s*(TEST\w*)\s*\(([^)]*)\)", head)
    return f"{test.group(1)}({test.group(2)})" if test else named.group(1)
