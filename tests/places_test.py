"""A shop that tells sums of weeks by place: forecasts of each place that add up, sums, accuracy, exceptions and measured orders."""

import datetime
import pathlib
import random
import shutil
import tempfile
import unittest

from tests.program import attempt, decisions, run

MAPPING = """shop:
  name: Two places
  currency: EUR
  time_zone: UTC
  options:
    stock: {lead_time_days: 7, review_days: 7}
  policies:
    stock.order: {approve_below: 1000000, daily_limit: 1000000}
sources:
  - name: items
    file: "items*.csv"
    into:
      - table: items
        fields: {item_id: item, title: item, category: category, unit_cost: "'2'", unit_price: "'5'", supplier_id: "'s'"}
  - name: suppliers
    file: "suppliers*.csv"
    into:
      - table: suppliers
        fields: {supplier_id: supplier, lead_time_days: days}
  - name: sales
    file: "sales*.csv"
    into:
      - table: sales
        fields: {item_id: item, place_id: place, from_day: week, days: "'7'", units: units, revenue: CAST(units AS BIGINT) * 5}
  - name: stock
    file: "stock*.csv"
    into:
      - table: stock
        fields: {item_id: item, place_id: place, day: day, on_hand: on_hand, on_order: "'0'"}
"""
FIRST = datetime.date(2025, 1, 6)
WEEKS = 60
PLACES = ("north", "south")


def week(number):
    return FIRST + datetime.timedelta(7 * number)


class PlacesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="suanpan-places-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.shop = cls.folder / "shop"
        (cls.folder / "mapping.yaml").write_text(MAPPING)
        run("init", cls.shop, "--mapping", cls.folder / "mapping.yaml")
        draw = random.Random(5)
        sold = lambda item, place, number: round(draw.gauss(1, 0.05) * (20 + 5 * item) * (
            1 + number / WEEKS if place == "south" else 2 - number / WEEKS))
        cls.write("suppliers.csv", "supplier,days", [("s", 7)])
        cls.write("items.csv", "item,category", [(f"i{item}", "cups" if item < 3 else "bowls") for item in range(6)])
        cls.write("sales.csv", "item,place,week,units", [(f"i{item}", place, week(number), sold(item, place, number))
                                                         for number in range(WEEKS + 4) for item in range(6) for place in PLACES])
        cls.write("stock.csv", "item,place,day,on_hand", [(f"i{item}", place, week(WEEKS) - datetime.timedelta(1), 10)
                                                          for item in range(6) for place in PLACES])
        for day in range(WEEKS - 8, WEEKS + 1, 2):
            cls.made = run("demand", "run", cls.shop, "--as-of", week(day), "--json")

    @classmethod
    def write(cls, name, header, rows):
        file = cls.folder / name
        file.write_text("\n".join([header, *(",".join(map(str, row)) for row in rows)]) + "\n")
        run("load", cls.shop, file)

    def test_places_add_up_to_the_item(self):
        self.assertEqual(self.made["place_forecasts"], 12)
        self.assertIn(self.made["spread"], ("own", "both", "share"))
        shown = run("demand", "places", self.shop, "--item", "i4", "--json")
        item = run("demand", "forecast", self.shop, "--item", "i4", "--json")
        self.assertAlmostEqual(sum(one["units"] for one in shown["places"]), item["window_units"], places=6)
        for period in range(2):
            self.assertAlmostEqual(sum(one["periods"][period] for one in shown["places"]), item["periods"][period]["units"], places=6)
        south, north = shown["places"]
        self.assertEqual((south["place"], north["place"]), ("south", "north"))
        # Two weeks at 40 times 2 and times 1.
        self.assertAlmostEqual(south["units"] / 160, 1, delta=0.15)
        self.assertAlmostEqual(north["units"] / 80, 1, delta=0.15)

    def test_sums_of_places_and_categories_are_the_total(self):
        total = run("demand", "sums", self.shop, "--by", "total", "--json")["sums"][0]
        for by in ("place", "category"):
            sums = run("demand", "sums", self.shop, "--by", by, "--json")["sums"]
            self.assertAlmostEqual(sum(one["units"] for one in sums), total["units"], places=6)
        self.assertIn("category, place or total", attempt("demand", "sums", self.shop, "--by", "colour").stderr)

    def test_accuracy_counts_weeks_that_are_told_as_sums(self):
        found = run("demand", "accuracy", self.shop, "--json")
        self.assertEqual(found["all"]["windows"], 5 * 6, "five days, also the newest: its two weeks were loaded, too")
        self.assertLess(found["all"]["model_wape"], 0.1)
        self.assertGreater(found["all"]["units"], 5_000)
        self.assertEqual([one["ahead"] for one in found["ahead"]], list(range(1, len(found["ahead"]) + 1)))
        added = run("demand", "value-added", self.shop, "--json")
        self.assertAlmostEqual(added["all"]["model_wape"], found["all"]["model_wape"], places=6)

    def test_orders_are_measured_and_what_sells_is_no_exception(self):
        day = week(WEEKS)
        self.assertEqual([one for one in run("stock", "exceptions", self.shop, "--json")["exceptions"]
                          if one["trouble"] == "never_sells"], [])
        run("stock", "propose", self.shop, "--as-of", day)
        run("decisions", "act", self.shop)
        run("decisions", "measure", self.shop, "--as-of", day + datetime.timedelta(28))
        measured = decisions(self.shop, state="measured")
        self.assertEqual(len(measured), 6)
        for one in measured:
            events = run("decisions", "show", self.shop, one["id"], "--json")["events"]
            found = next(event["payload"] for event in events if event["event"] == "measure")
            self.assertAlmostEqual(found["outcome"] / found["expected"], 1, delta=0.2)


if __name__ == "__main__":
    unittest.main()
