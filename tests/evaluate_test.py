"""`suanpan selection evaluate FILE`: an ensemble for yes or no on a table, without a shop."""

import pathlib
import random
import tempfile
import unittest

from tests import program

VISITS = program.ROOT.parent / "shared/data/online_shoppers_intention/online_shoppers_intention.csv.gz"
FOLDS = program.ROOT.parent / "shared/protocols/online_shoppers_folds.csv"


def write_table(file, rows=600):
    """Who buys depends on pages and weekend; the colour says nothing."""
    draw = random.Random(5)
    with open(file, "w") as out:
        out.write("pages,weekend,colour,bought\n")
        for _ in range(rows):
            pages, weekend = draw.randrange(40), draw.random() < 0.3
            bought = pages * (2 if weekend else 1) + draw.gauss(0, 8) > 35
            out.write(f"{pages},{weekend},{draw.choice(['red', 'blue'])},{bought}\n")


class EvaluateTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="suanpan-evaluate-")
        self.addCleanup(scratch.cleanup)
        self.file = pathlib.Path(scratch.name) / "visits.csv"
        write_table(self.file)

    def evaluate(self, *words):
        return program.run("selection", "evaluate", self.file, "--label", "bought", "--trials", 2, "--threads", 1, *words, "--json")

    def test_each_fold_is_judged_by_models_that_did_not_see_it(self):
        reply = self.evaluate("--folds", 3)
        self.assertEqual((reply["rows"], reply["folds"]), (600, 3))
        self.assertEqual(sum(fold["rows"] for fold in reply["by_fold"] if fold["model"] == "ensemble"), 600)
        areas = {row["model"]: row["auc"] for row in reply["models"]}
        self.assertEqual(set(areas), {"ensemble", "lightgbm", "xgboost"})
        self.assertGreater(areas["ensemble"], 0.9)
        self.assertLess(areas["ensemble"], 0.999, "the rest is chance")
        again = self.evaluate("--folds", 3)
        self.assertEqual([row["auc"] for row in again["models"]], [row["auc"] for row in reply["models"]])

    def test_folds_may_come_from_a_file(self):
        folds = self.file.with_name("folds.csv")
        folds.write_text("row,fold\n" + "".join(f"{row},{int(row >= 400)}\n" for row in range(600)))
        reply = self.evaluate("--folds", folds)
        self.assertEqual([fold["rows"] for fold in reply["by_fold"] if fold["model"] == "xgboost"], [400, 200])

    def test_it_says_what_is_wrong(self):
        for words, told in ((("--label", "no"), "no: the file has no such column"), (("--label", "pages"), "true and false"),
                            ((), "usage:"), (("--label", "bought", "--folds", "1"), "from 2"), (("--label", "bought", "--nope", "1"), "usage:"),
                            (("--label", "bought", "--folds", "none.csv"), "there is no such file")):
            done = program.attempt("selection", "evaluate", self.file, *words)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(told, done.stderr, words)

    @unittest.skipUnless(VISITS.is_file() and FOLDS.is_file(), "../shared is not there")
    def test_visits_of_a_real_shop(self):
        reply = program.run("selection", "evaluate", VISITS, "--label", "Revenue", "--folds", FOLDS, "--categories",
                            "OperatingSystems,Browser,Region,TrafficType", "--trials", 2, "--json")
        self.assertGreater(next(row["auc"] for row in reply["models"] if row["model"] == "ensemble"), 0.93)


if __name__ == "__main__":
    unittest.main()
