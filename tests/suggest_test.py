"""`suanpan data suggest` on every table of shared data: for how many columns the suggestion is right."""

import csv
import gzip
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("SUANPAN", str(ROOT / "build/release/src/suanpan"))
DATA = ROOT / "../shared/data"
TRUTH = ROOT / "tests/suggest_cases/truth.txt"

# Never looked at while the dictionary and the rules were made: a third of the tables, by folder.
KEPT_ASIDE = {"banking77", "dominicks_orange_juice", "fashion_products", "groceries_baskets", "movielens_100k",
              "online_retail", "retail_price", "speech"}
# The least share of right columns: (of all, of those that mean something).
FLOORS = {False: (0.97, 0.87), True: (0.87, 0.66)}


def suanpan(*words):
    done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        raise AssertionError(f"{words}: {done.stderr}")
    return done.stdout


def read_truth():
    """{file: (table or "none" or "no header", {field: set of columns})}"""
    truth = {}
    for line in TRUTH.read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        left, _, right = line.rpartition(": ")
        if line.startswith(" "):
            fields[right.strip()] = {name.strip() for name in left.split(" | ")}
        else:
            fields = {}
            truth[left] = (right.strip(), fields)
    return truth


def header(file):
    data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    first = re.split(r"[\r\n]", data[:20_000].decode("utf-8-sig", "ignore"), maxsplit=1)[0]
    return next(csv.reader(io.StringIO(first), delimiter="\t" if ".tsv" in file.name else ","))


def suggested(text):
    """(table or None, {column: field}) of a suggestion for one file, by the comments that it writes."""
    table = re.search(r"^      - table: (\w+)", text, re.MULTILINE)
    fields = dict(re.findall(r"^          (\w+): .*# from (\"(?:[^\"\\]|\\.)*\"), ", text, re.MULTILINE))
    return table and table.group(1), {json.loads(column): field for field, column in fields.items()}


def score(columns, truth, suggestion):
    """(right, columns, right that mean something, that mean something) of one file."""
    table, fields = truth
    got_table, got = suggestion
    meant = {column: field for field, names in fields.items() for column in names}
    if got_table != table:
        got = {}
    result = [0, 0, 0, 0]
    for column in columns:
        field = meant.get(column)
        rivals = fields.get(field, set())
        right = got.get(column) == field or (column not in got and any(got.get(name) == field for name in rivals))
        if got_table not in (table, None) and field is None:
            right = suggestion[1].get(column) is None
        result[0] += right
        result[1] += 1
        result[2] += right and field is not None
        result[3] += field is not None
    return result


@unittest.skipUnless(DATA.is_dir(), "the shared data are absent")
class SuggestTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="suanpan-suggest-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    @unittest.skipIf(os.environ.get("SUANPAN_FAST"), "minutes under a sanitiser")
    def test_columns_of_every_table(self):
        totals = {False: [0, 0, 0, 0], True: [0, 0, 0, 0]}
        tables = {False: [0, 0], True: [0, 0]}
        for name, truth in read_truth().items():
            aside = name.split("/")[0] in KEPT_ASIDE
            text = suanpan("data", "suggest", DATA / name)
            suggestion = suggested(text)
            tables[aside][0] += suggestion[0] == (None if truth[0] in ("none", "no header") else truth[0])
            tables[aside][1] += 1
            if truth[0] == "no header":
                self.assertIn("has no line of headers", text, name)
                continue
            result = score(header(DATA / name), truth, suggestion)
            totals[aside] = [a + b for a, b in zip(totals[aside], result)]
            if os.environ.get("SUANPAN_SHOW"):
                print(name, truth[0], suggestion, result)
        for aside, label in ((False, "tuned on"), (True, "kept aside")):
            right, all_columns, right_meant, meant = totals[aside]
            print(f"  {label}: tables {tables[aside][0]} of {tables[aside][1]}, columns right {right} of {all_columns} "
                  f"({right / all_columns:.0%}), of those that mean something {right_meant} of {meant} "
                  f"({right_meant / meant:.0%})")
            self.assertGreaterEqual(right / all_columns, FLOORS[aside][0], label)
            self.assertGreaterEqual(right_meant / meant, FLOORS[aside][1], label)

    def load(self, *names):
        files = [DATA / name for name in names]
        mapping = self.folder / "mapping.yaml"
        mapping.write_text(suanpan("data", "suggest", *files))
        shop = self.folder / "shop"
        suanpan("init", shop, "--mapping", mapping)
        return json.loads(suanpan("load", shop, *files, "--json"))

    def test_the_suggestion_for_online_retail_loads(self):
        reply = self.load("online_retail/online_retail.csv.gz")
        self.assertEqual(reply["read"], 541_909)
        # What a person's mapping treats as returns is set aside as negative.
        self.assertEqual(reply["loaded"], 541_909 - 10_624 - 2)

    @unittest.skipIf(os.environ.get("SUANPAN_FAST"), "minutes under a sanitiser")
    def test_the_suggestion_for_walmart_loads(self):
        reply = self.load("walmart_weekly/department_sales.csv.gz", "walmart_weekly/features.csv.gz",
                          "walmart_weekly/stores.csv")
        self.assertEqual((reply["read"], reply["loaded"]), (421_570 + 8_190 + 45, 421_570 + 8_190 + 45))

    @unittest.skipIf(os.environ.get("SUANPAN_FAST"), "minutes under a sanitiser")
    def test_the_suggestion_for_rossmann_loads(self):
        reply = self.load("rossmann/sales.csv.gz", "rossmann/store.csv")
        self.assertEqual((reply["read"], reply["loaded"]), (969_264 + 1_115, 969_264 + 1_115))


if __name__ == "__main__":
    unittest.main()
