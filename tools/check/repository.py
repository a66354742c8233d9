"""The tracked files of the repository, and what a check found in them."""

import dataclasses
import subprocess


@dataclasses.dataclass
class Findings:
    problems: list = dataclasses.field(default_factory=list)  # must be mended
    notes: list = dataclasses.field(default_factory=list)  # good to know


class Repository:
    def __init__(self, root):
        self.root = root
        listing = subprocess.run(
            ["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=root, check=True, capture_output=True, text=True)
        self.files = [name for name in listing.stdout.split("\0") if name and (root / name).is_file()]

    def sources(self):
        """C++ files."""
        return [name for name in self.files if name.endswith((".cpp", ".h"))]

    def text(self, name):
        """The file's text; None for a file that is no text."""
        try:
            return (self.root / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            return None
