"""A shop's items are scored, recommended with reasons, and backtested from the command line."""

import csv
import pathlib
import shutil
import struct
import tempfile
import unittest
import zipfile

from tests.program import HEADER, MAPPING, Server, attempt, decisions, learn_little, run, write_sales

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

    def copy(self, name):
        """A shop of its own with the same sales."""
        shop = self.folder / name
        run("init", shop, "--mapping", MAPPING)
        run("load", shop, self.folder / "online_retail.csv")
        return shop

    def refused(self, *words):
        done = attempt("selection", *words)
        self.assertNotEqual(done.returncode, 0)
        return done.stderr

    def test_items_are_found_by_likeness(self):
        shop = self.copy("vectors")
        self.assertIn("run selection.vectorise", self.refused("nearest", shop, "--title", "x"))
        made = run("selection", "vectorise", shop, "--as-of", DAY, "--json")
        dimensions = run("selection", "dimensions", shop, "--json")["dimensions"]
        self.assertEqual((made["items"], made["dimensions"]), (60, len(dimensions)))
        self.assertEqual(made["neighbours"], 600)
        item = run("items", "search", shop, "--json")["items"][0]
        near = run("selection", "nearest", shop, "--title", item["title"], "--top", 3, "--json")
        self.assertEqual((near["as_of"], len(near["items"])), (DAY, 3))
        likeness = [row["likeness"] for row in near["items"]]
        self.assertEqual(likeness, sorted(likeness, reverse=True))
        own = run("selection", "nearest", shop, "--item", near["items"][0]["item"], "--top", 60, "--json")
        self.assertNotIn(near["items"][0]["item"], [row["item"] for row in own["items"]])
        self.assertEqual(len(own["items"]), 59)
        self.assertIn("no item of this id", self.refused("nearest", shop, "--item", "nobody"))
        young = run("selection", "vectorise", shop, "--as-of", "2010-01-01", "--json")
        self.assertEqual((young["items"], young["skipped"]), (0, "no item was known on that morning; give a later day"))

    def test_the_day_renews_the_vectors(self):
        shop = self.copy("renewed")
        learn_little(shop)
        day = lambda as_of: run("daily", shop, "--as-of", as_of, "--json")["steps"]
        self.assertEqual(day("2011-09-01")[-1]["step"], "vectors")
        near = lambda: run("selection", "nearest", shop, "--title", "BRAND NEW LAMP", "--top", 60, "--json")
        before = near()
        self.assertEqual((before["as_of"], len(before["items"])), ("2011-09-01", 60))
        new = self.folder / "online_retail_new.csv"
        new.write_text(HEADER + "".join(f"7{i:05},77777,BRAND NEW LAMP,3,2011-09-0{i + 1} 10:00:00,2.50,17850,France\n" for i in range(9)))
        run("load", shop, new)
        day("2011-09-12")
        after = near()
        self.assertEqual((after["as_of"], after["items"][0]["item"]), ("2011-09-12", "77777"))
        self.assertEqual(len(after["items"]), 60)
        own = run("selection", "nearest", shop, "--item", "77777", "--top", 100, "--json")
        self.assertEqual(len(own["items"]), 60, "those of the day before are gone")
        empty = self.folder / "nothing_sold"
        run("init", empty, "--mapping", MAPPING)
        self.assertIn("nothing was ever sold", run("selection", "vectorise", empty, "--as-of", DAY, "--json")["skipped"])

    def test_candidates_are_ranked_and_odd_ones_flagged(self):
        file = self.folder / "catalogue.csv"
        file.write_text("title,price\nSOMETHING NEW,2.50\n,\nFREE THING,0\n" + "x" * 3000 + ",1\n")
        found = run("selection", "candidates", self.shop, file, "--as-of", DAY, "--json")
        self.assertEqual((found["read"], found["scored"], found["flagged"]), (4, 1, 3))
        self.assertEqual((found["candidates"][0]["line"], found["candidates"][0]["flags"]), (2, ""))
        self.assertEqual({row["flags"] for row in found["candidates"][1:]},
                         {"nothing known", "price of zero", "title too long"})
        file.write_text("name\nx\n")
        self.assertIn("no column title", self.refused("candidates", self.shop, file))
        self.assertIn("one file, or the rows", self.refused("candidates", self.shop))

    def test_candidates_say_which_items_are_like_them_and_what_those_brought(self):
        file = self.folder / "explained.csv"
        file.write_text("title,price\nTHING 7 BLUE,5.00\n,\n")
        thing, nothing = run("selection", "candidates", self.shop, file, "--as-of", DAY, "--json")["candidates"]
        self.assertEqual({row["title"][:6] for row in thing["alike"]}, {"THING "})
        likeness = [row["likeness"] for row in thing["alike"]]
        self.assertEqual((len(likeness), likeness), (3, sorted(likeness, reverse=True)))
        self.assertLessEqual(thing["like_low"], thing["like_median"])
        self.assertLess(thing["like_low"], thing["like_high"])
        # About 1.7 lines of 4.5 units at 2.50 a week.
        self.assertAlmostEqual(thing["like_median"], 75, delta=35)
        for told in (f"{thing['like_median']:.2f} in its first 28 days", "100 % dearer"):
            self.assertIn(told, thing["reasons_en"])
        self.assertIn("高 100 %", thing["reasons_zh"])
        self.assertEqual((nothing["alike"], nothing["reasons_en"]), ([], "It has neither title nor category."))

    def test_files_of_the_machine_are_read_for_administrators_only(self):
        shop, file = self.copy("files"), self.folder / "secret.csv"
        file.write_text("title,price\nTHING 7,2.50\n")
        server = Server(shop)
        try:
            for role, told in (("viewer", "may read files of the shop's inbox/ only"), ("admin", "")):
                key = run("keys", "create", shop, "--name", role, "--role", role, "--json")["key"]
                server.key = key
                ended = server.finish("/v1/selection/candidates", {"files": [str(file)], "as_of": DAY})
                self.assertIn(told, ended.get("error", {}).get("detail", ""))
                self.assertEqual(ended["state"], "failed" if told else "done")
                rows = {"rows": [{"title": "THING 7", "price": 2.5}, {"title": "FREE", "price": 0}], "as_of": DAY}
                given = server.finish("/v1/selection/candidates", rows)["reply"]
                self.assertEqual([row["flags"] for row in given["candidates"]], ["", "price of zero"])
                if not told:
                    self.assertEqual(given["candidates"][0], ended["reply"]["candidates"][0], "the same as from the file")
        finally:
            server.stop()

    def test_a_shop_where_nothing_changes_has_hardly_a_trend(self):
        found = run("selection", "trends", self.shop, "--as-of", DAY, "--direction", "both", "--json")
        self.assertGreater(found["tested"], 0)
        self.assertLessEqual(len(found["trends"]), found["tested"] // 10)
        self.assertIn("no direction", self.refused("trends", self.shop, "--direction", "up"))

    def test_listings_are_matched_and_reviews_stay(self):
        shop, file = self.copy("matching"), self.folder / "listing.csv"
        items = run("items", "search", shop, "--limit", 60, "--json")["items"]
        lines = [f"{item['item_id']},WHATEVER,2.60" for item in items[:20]] + [",NOTHING LIKE IT HERE,3.00"]
        lines += [f",{items[20]['title']},250.00"]  # the right title, a hundred times as dear
        match = lambda day: run("selection", "match", shop, file, "--competitor", "acme", "--day", day, "--json")
        file.write_text("code,title,price\n" + "\n".join(lines) + "\n")
        first = match("2011-09-01")
        self.assertEqual((first["read"], first["by_code"], first["none"], first["suspect"]), (22, 20, 1, False))
        self.assertEqual(first["waiting"], 1)
        waiting = run("selection", "waiting-matches", shop, "--json")["matches"]
        self.assertEqual((len(waiting), waiting[0]["item"], waiting[0]["day"]), (1, items[20]["item_id"], "2011-09-01"))
        self.assertEqual((waiting[0]["price"], waiting[0]["item_price"]), (250, 2.5))
        words = ("selection", "review-match", shop, "--competitor", "acme", "--key", waiting[0]["key"], "--verdict")
        self.assertIn("another item is matched", self.refused(*words[1:], "accept", "--item", items[0]["item_id"]))
        self.assertEqual(run(*words, "accept", "--item", items[20]["item_id"], "--json")["state"], "accepted")
        self.assertIn("no match of this key", self.refused(*words[1:], "accept"))
        again = match("2011-09-02")
        self.assertEqual((again["reviewed"], again["waiting"], again["suspect"]), (1, 0, False))
        self.a_review_is_taken_back(shop, words, items[20]["item_id"], match)
        cut = "a" + "红色玻璃台灯" * 40  # 721 bytes: 300 would end within a sign
        file.write_text(file.read_text() + f",{cut},3.00\n")
        self.assertEqual(match("2011-09-02")["read"], 23)
        self.assertEqual(run("selection", "candidates", shop, file, "--as-of", DAY, "--json")["read"], 23)
        file.write_text(file.read_text().replace("2.60", "5.20"))
        doubled = match("2011-09-03")
        self.assertTrue(doubled["suspect"])
        self.assertAlmostEqual(doubled["price_move"], 2)

    def a_review_is_taken_back(self, shop, judged, item, match):
        key = judged[judged.index("--key") + 1]
        said = run("selection", "reviewed-matches", shop, "--json")
        self.assertEqual((said["reviewed"], said["matches"][0]["item"], said["matches"][0]["state"]), (1, item, "accepted"))
        undo = ("selection", "undo-review", shop, "--competitor", "acme", "--key", key)
        self.assertIn("another item was judged", self.refused(*undo[1:], "--item", "nobody"))
        undone = run(*undo, "--item", item, "--json")
        self.assertEqual((undone["item"], undone["state"], undone["waiting"]), (item, "accepted", 2), "in both listings")
        self.assertEqual(run("selection", "reviewed-matches", shop, "--json")["matches"], [])
        self.assertEqual(run("selection", "waiting-matches", shop, "--json")["matches"][0]["key"], key)
        self.assertIn("nothing was said of this offer", self.refused(*undo[1:]))
        again = match("2011-09-02")
        self.assertEqual((again["reviewed"], again["waiting"]), (0, 1), "what was taken back says nothing of later listings")
        self.assertEqual(run(*judged, "refuse", "--json")["state"], "refused")
        self.assertEqual(run("selection", "reviewed-matches", shop, "--json")["matches"][0]["state"], "refused")
        self.assertEqual(run(*undo, "--json")["state"], "refused")
        self.assertEqual(run(*judged, "accept", "--json")["state"], "accepted")

    def test_scores_are_kept_and_shown_with_reasons(self):
        self.assertIn("run selection.run", self.refused("recommend", self.shop, "--as-of", "2011-09-01"))
        ran = run("selection", "run", self.shop, "--as-of", DAY, "--json")
        self.assertEqual(ran["items"], 60)
        self.assertEqual(ran["list"] + ran["push"] + ran["keep"] + ran["clear"] + ran["drop"] + ran["unknown"], 60)
        again = run("selection", "run", self.shop, "--as-of", DAY, "--json")  # takes the place of the first
        self.assertEqual((again["model_version"], again["trained_version"]), (ran["model_version"], ""))
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
        self.assertIn("ask for list, push, keep, clear, drop or unknown", self.refused("recommend", self.shop, "--verdict", "buy"))
        self.assertIn("no lengths of lists", self.refused("backtest", self.shop, "--top", "50,many"))
        self.assertIn("ask for fewer", self.refused("backtest", self.shop, "--origins", 60))

    def test_models_are_kept_and_learned_anew_when_old(self):
        shop = self.copy("models")
        first = run("selection", "run", shop, "--as-of", "2011-08-01", "--json")
        self.assertEqual(first["trained_version"], first["model_version"])
        week = run("selection", "run", shop, "--as-of", "2011-08-08", "--json")
        self.assertEqual((week["model_version"], week["model_days_old"], week["trained_version"]), (first["model_version"], 7, ""))
        month = run("selection", "run", shop, "--as-of", "2011-08-29", "--json")
        self.assertTrue(month["trained_version"].startswith("20110829-"))
        self.assertIn(month["promotion"], ("acted", "refused"))
        card = run("models", "show", shop, "selection.28_days", "--version", month["trained_version"], "--json")["card"]
        self.assertEqual(len(card["metrics"]), 2, "beside the baseline, and beside the version that serves")
        # A morning before what serves learned from is scored by a model of its own.
        early = run("selection", "run", shop, "--as-of", "2011-07-01", "--json")
        self.assertTrue(early["model_version"].startswith("20110701-"))
        self.assertEqual(early["promotion"], "older")
        self.assertIn("write when due, always or never", self.refused("run", shop, "--as-of", DAY, "--learn", "now"))

    def test_verdicts_are_decisions_that_are_carried_out_and_measured(self):
        shop = self.copy("decided")
        day = "2011-09-01"
        proposed = run("selection", "propose", shop, "--as-of", day, "--json")
        self.assertEqual(proposed["skipped"], "")
        self.assertEqual(proposed["pending"], proposed["verdicts"] - proposed["held_back"])
        pushes = decisions(shop, "pending", "selection.push")
        self.assertGreater(len(pushes), 10)
        again = run("selection", "propose", shop, "--as-of", "2011-09-02", "--json")
        self.assertGreaterEqual(again["repeated"], len(pushes) - again["withdrawn"], "who waits is not asked again")
        chosen = sorted(d["id"] for d in decisions(shop, "pending", "selection.push") if d["as_of"] == day)[:5]
        run("decisions", "approve", shop, *chosen)
        run("act", shop)
        lines = (shop / f"exports/selection-push-{day}.csv").read_text().splitlines()
        self.assertEqual(sorted(line.split(",")[0] for line in lines[1:]), chosen)
        self.assertEqual(run("decisions", "measure", shop, "--as-of", "2011-09-20", "--json")["measured"], 0)
        self.assertEqual(run("decisions", "measure", shop, "--as-of", "2011-10-05", "--json")["measured"], 5)
        for identity in chosen:
            shown = run("decisions", "show", shop, identity, "--json")["decision"]
            item = shown["subject"].removeprefix("item:")
            sold = 0
            with open(self.folder / "online_retail.csv") as file:
                for row in csv.DictReader(file):
                    if row["StockCode"] == item and "2011-09-01" <= row["InvoiceDate"][:10] <= "2011-09-28":
                        sold += 2.5 * int(row["Quantity"])
            measured = next(e for e in run("decisions", "show", shop, identity, "--json")["events"] if e["event"] == "measure")
            self.assertAlmostEqual(measured["payload"]["outcome"], sold, places=2)
        past = run("selection", "past", shop, "--as-of", "2011-10-20", "--json")
        self.assertEqual([row["until"] for row in past["lists"]], ["2011-09-29"], "the newest list of that week")
        self.assertTrue(run("decisions", "check", shop, "--json")["sound"])

    def test_a_young_shop_is_skipped_not_stopped(self):
        skipped = run("selection", "propose", self.shop, "--as-of", "2011-01-20", "--json")
        self.assertIn("too few to score items", skipped["skipped"])
        self.assertEqual(skipped["pending"], 0)

    def test_an_item_is_explained(self):
        shop = self.copy("explained")
        run("selection", "run", shop, "--as-of", DAY)
        first = run("selection", "recommend", shop, "--limit", 1, "--json")["recommendations"][0]
        told = run("selection", "explain", shop, first["item"], "--json")
        self.assertEqual((told["verdict"], told["place"]), (first["verdict"], 1))
        self.assertAlmostEqual(told["expected_profit"], first["expected_profit"], places=6)
        self.assertEqual(len(told["topics"]), 13)
        self.assertEqual(len(told["similar"]), 5)
        self.assertEqual([row["distance"] for row in told["similar"]], sorted(row["distance"] for row in told["similar"]))
        self.assertTrue({"price", "returns"} >= {row["lever"] for row in told["changes"]}, "no cost is known, so no margin")
        self.assertIn("no such item", self.refused("explain", shop, "nothing"))

    def test_a_plan_keeps_its_budget_and_changes_nothing(self):
        shop = self.copy("planned")
        run("selection", "run", shop, "--as-of", DAY)
        before = run("selection", "recommend", shop, "--limit", 100, "--json")
        free = run("selection", "plan", shop, "--slots", 10, "--json")
        tight = run("selection", "plan", shop, "--slots", 10, "--budget", 500, "--json")
        self.assertLessEqual(tight["stock_cost"], 500)
        self.assertGreater(free["stock_cost"], 500)
        self.assertLess(tight["expected_profit"], free["expected_profit"])
        self.assertLessEqual(tight["expected_profit"], tight["most_profit"] + 0.01)
        self.assertEqual(run("selection", "recommend", shop, "--limit", 100, "--json"), before)

    def test_scores_are_exported(self):
        shop = self.copy("exported")
        run("selection", "run", shop, "--as-of", DAY)
        plain = run("selection", "export", shop, "--json")
        with open(shop / plain["file"], encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(len(rows), 60)
        self.assertRegex(rows[0]["expected profit GBP"], r"^\d+\.\d\d$")
        self.assertEqual(rows[0]["as of"], DAY)
        sheet = run("selection", "export", shop, "--format", "xlsx", "--language", "zh", "--json")
        with zipfile.ZipFile(shop / sheet["file"]) as book:
            page = book.read("xl/worksheets/sheet1.xml").decode()
            words = book.read("xl/sharedStrings.xml").decode()
        self.assertEqual(page.count("<row "), 61)
        self.assertNotIn("<f>", page)
        self.assertIn("预期利润 GBP", words)
        self.assertIn("write csv or xlsx", self.refused("export", shop, "--format", "pdf"))

    def test_an_odd_item_is_flagged_never_scored_as_normal(self):
        shop = self.copy("odd")
        odd = self.folder / "online_retail_odd.csv"
        odd.write_text(HEADER + "".join(f"9{i:05},99999,=CMD(),3,2011-09-{i + 1:02} 10:00:00,0.01,17850,France\n" for i in range(9)))
        run("load", shop, odd)
        long = self.folder / "online_retail_long.csv"
        long.write_text(HEADER + "".join(f"8{i:05},88888,{'long ' * 20000},3,2011-09-{i + 1:02} 10:00:00,2.50,17850,France\n" for i in range(9)))
        run("load", shop, long)
        ran = run("selection", "run", shop, "--as-of", DAY, "--json")
        self.assertEqual((ran["items"], ran["unknown"]), (62, 1))
        row = run("selection", "recommend", shop, "--item", "88888", "--json")["recommendations"][0]
        self.assertEqual((row["verdict"], row["flags"]), ("unknown", "title too long"))
        self.assertTrue(row["reasons_en"].startswith("Doubtful: title too long."))
        file = shop / run("selection", "export", shop, "--json")["file"]
        self.assertIn("'=CMD()", file.read_text(encoding="utf-8-sig"))
        book = run("selection", "export", shop, "--format", "xlsx", "--json")
        self.assertEqual(book["items"], 62)

    def test_lessons_are_what_a_backtest_is_judged_by(self):
        shop = self.copy("lessons")
        told = run("selection", "lessons", shop, "--origins", 2, "--json")
        reply = run("selection", "backtest", shop, "--origins", 2, "--top", "10", "--json")
        self.assertEqual(told["origins"], [origin["day"] for origin in reply["origins"]])
        folder = shop / told["folder"]
        for day in told["days"]:
            items = (folder / f"{day}.items.txt").read_text().split()
            self.assertEqual((folder / f"{day}.npy").stat().st_size % (4 * len(items) * len(told["columns"])), 128)
        last = told["origins"][-1]
        items = (folder / f"{last}.items.txt").read_text().split()
        raw, values = (folder / f"{last}.outcome.npy").read_bytes(), (folder / f"{last}.npy").read_bytes()
        outcome = struct.unpack(f"<{len(items)}d", raw[-8 * len(items):])
        width, recent = len(told["columns"]), told["columns"].index("revenue_28")
        features = struct.unpack(f"<{width * len(items)}f", values[128:])
        order = sorted(range(len(items)), key=lambda row: -features[row * width + recent])
        captured = sum(outcome[row] for row in order[:10]) / sum(sorted(outcome, reverse=True)[:10])
        listed = next(row for row in reply["rows"] if (row["day"], row["method"]) == (last, "last 4 weeks"))
        self.assertAlmostEqual(captured, listed["captured"], places=6)

    def test_a_backtest_names_every_method(self):
        reply = run("selection", "backtest", self.shop, "--origins", 2, "--top", "10", "--json")
        self.assertEqual({row["method"] for row in reply["rows"]},
                         {"random", "last 4 weeks", "buyer's rules", "linear", "lightgbm", "xgboost", "ensemble"})
        for row in reply["methods"]:
            self.assertTrue(0 <= row["precision_low"] <= row["precision"] <= row["precision_high"] <= 1, row)


if __name__ == "__main__":
    unittest.main()
