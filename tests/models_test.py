"""A real shop's loop with its model: trained once, served again, promoted, gone back from, forecast by days."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from tests.program import learn_little

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("SUANPAN", str(ROOT / "build/release/src/suanpan"))
SALES = ROOT / "../shared/data/online_retail/online_retail.csv.gz"
MAPPING = (ROOT / "examples/online_retail.yaml").read_text()


def run(*words, fails=False):
    done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, timeout=300)
    if (done.returncode != 0) != fails:
        raise AssertionError(f"{words}: {done.stdout}{done.stderr}")
    if fails:
        return done.stderr
    return json.loads(done.stdout) if "--json" in words else done.stdout


@unittest.skipUnless(SALES.exists(), "the shared data are not here")
@unittest.skipIf(os.environ.get("SUANPAN_FAST"), "half a minute")
class ModelsTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="suanpan-models-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def new_shop(self, name, mapping):
        file = self.folder / f"{name}.yaml"
        file.write_text(mapping)
        shop = self.folder / name
        run("init", shop, "--mapping", file)
        learn_little(shop)
        run("load", shop, SALES)
        return shop

    def forecast(self, shop, day):
        steps = run("daily", shop, "--as-of", day, "--json")["steps"]
        return next(step["reply"] for step in steps if step["step"] == "forecast")

    def first_order(self, shop):
        return run("decisions", "list", shop, "--state", "pending", "--kind", "stock.order", "--limit", 1,
                   "--json")["decisions"][0]

    def test_weeks(self):
        shop = self.new_shop("weeks", MAPPING)
        first = self.forecast(shop, "2011-11-14")
        self.assertLess(first["error"], first["baseline_error"])
        self.assertEqual(self.forecast(shop, "2011-11-14"), first)  # served from the saved version: the same numbers
        evidence = self.first_order(shop)["evidence"]
        self.assertEqual((evidence["model"], evidence["model_version"]), ("demand.weekly", first["model_version"]))
        second = self.forecast(shop, "2011-11-21")
        self.assertEqual((second["promotion"], second["model_version"]), ("acted", second["trained_version"]))
        back = run("models", "roll-back", shop, "demand.weekly", "--reason", "odd orders", "--json")
        self.assertEqual((back["state"], back["serving"]), ("acted", first["model_version"]))
        self.assertTrue(run("decisions", "check", shop, "--json")["sound"])
        weights = shop / "models/demand.weekly" / first["model_version"] / "weights.safetensors"
        weights.write_bytes(weights.read_bytes()[:-8])
        self.assertFalse(run("models", "show", shop, "demand.weekly", "--json")["sound"])

    def test_days(self):
        shop = self.new_shop("days", MAPPING.replace("  options:\n", "  options:\n    demand: {period: day}\n"))
        report = self.forecast(shop, "2011-11-16")
        self.assertEqual((report["model"], report["period"], report["periods"]), ("demand.daily", "day", 350))
        self.assertLess(report["error"], report["baseline_error"])
        order = self.first_order(shop)
        self.assertEqual(order["evidence"]["window_days"], 14)
        self.assertEqual((order["expected"]["from"], order["expected"]["to"]), ("2011-11-16", "2011-11-29"))
        seasonal = sum(row["items"] for row in report["methods"] if row["method"].endswith((",A)", ",M)")))
        self.assertGreater(seasonal, 50)  # the shop sells nothing on Saturdays, and weekdays differ
        item = run("demand", "forecast", shop, "--item", "85123A", "--json")
        self.assertEqual([step["from"] for step in item["periods"][:2]], ["2011-11-16", "2011-11-17"])


if __name__ == "__main__":
    unittest.main()
