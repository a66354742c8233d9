"""A shop's items are scored, recommended with reasons, and backtested from the command line."""

import pathlib
import shutil
import tempfile
import unittest

from tests.program import MAPPING, attempt, run, write_sales

DAY = "2011-10-01"


class SelectionTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.shop = cls.folder / "shop"
        run("init", cls.shop, "--mapping", MAPPING)
        cls.before = attempt("selection", "run", cls.shop, "--as-of", DAY)
        write_sales(cls.folder / "online_retail.csv", orders=6000, items=60)
        run("load", cls.shop, cls.folder / "online_retail.csv")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def refused(self, *words):
        done = attempt("selection", *words)
        self.assertNotEqual(done.returncode, 0)
        return done.stderr

    def test_scores_are_kept_and_shown_with_reasons(self):
        self.assertIn("run selection.run", self.refused("recommend", self.shop, "--as-of", "2011-09-01"))
        ran = run("selection", "run", self.shop, "--as-of", DAY, "--json")
        self.assertEqual(ran["items"], 60)
        self.assertEqual(ran["list"] + ran["push"] + ran["keep"] + ran["clear"] + ran["drop"], 60)
        run("selection", "run", self.shop, "--as-of", DAY)  # again takes the place of the first
        found = run("selection", "recommend", self.shop, "--limit", 1000, "--json")
        self.assertEqual((found["as_of"], found["items"], len(found["recommendations"])), (DAY, 60, 60))
        self.assertEqual([row["place"] for row in found["recommendations"]], list(range(1, 61)))
        for row in found["recommendations"]:
            self.assertLessEqual(row["low"], row["expected_profit"] * 1.001)
            self.assertGreaterEqual(row["high"], row["expected_profit"] * 0.999)
            self.assertRegex(row["reasons_en"], "For it|Against it|Nothing known")
            self.assertRegex(row["reasons_zh"], "有利|不利|没有突出")
        # 6,000 lines of 4.5 units at 2.50 over 60 items and 330 days: about 95 in 28 days.
        mean = sum(row["expected_profit"] for row in found["recommendations"]) / 60
        self.assertAlmostEqual(mean, 95, delta=20)
        pushed = run("selection", "recommend", self.shop, "--verdict", "push", "--limit", 1000, "--json")
        self.assertEqual(len(pushed["recommendations"]), ran["push"])

    def test_errors_say_what_to_do(self):
        self.assertIn("nothing was ever sold here; load orders", self.before.stderr)
        self.assertIn("too few to score items", self.refused("run", self.shop, "--as-of", "2011-01-20"))
        self.assertIn("ask for list, push, keep, clear or drop", self.refused("recommend", self.shop, "--verdict", "buy"))
        self.assertIn("no lengths of lists", self.refused("backtest", self.shop, "--top", "50,many"))
        self.assertIn("ask for fewer", self.refused("backtest", self.shop, "--origins", 60))

    def test_a_backtest_names_every_method(self):
        reply = run("selection", "backtest", self.shop, "--origins", 2, "--top", "10", "--json")
        self.assertEqual({row["method"] for row in reply["rows"]},
                         {"random", "last 4 weeks", "buyer's rules", "linear", "lightgbm", "xgboost", "ensemble"})
        for row in reply["methods"]:
            self.assertTrue(0 <= row["precision_low"] <= row["precision"] <= row["precision_high"] <= 1, row)


if __name__ == "__main__":
    unittest.main()
