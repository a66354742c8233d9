"""A shop that tells sums of weeks by place: forecasts of each place that add up, sums, accuracy, exceptions and measured orders."""

import datetime
import math
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
  - name: links
    file: "links*.csv"
    into:
      - table: place_links
        fields: {to_place_id: taker, from_place_id: giver, lead_time_days: days}
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
        # Of i0 all lies in the north; of the others both have too little.
        there = lambda item, place: (400 if place == "north" else 0) if item == 0 else 10
        cls.write("stock.csv", "item,place,day,on_hand", [(f"i{item}", place, week(WEEKS) - datetime.timedelta(1), there(item, place))
                                                          for item in range(6) for place in PLACES])
        for day in range(WEEKS - 8, WEEKS + 1, 2):
            cls.made = run("demand", "run", cls.shop, "--as-of", week(day), "--json")

    @classmethod
    def write(cls, name, header, rows, shop=None):
        file = cls.folder / name
        file.write_text("\n".join([header, *(",".join(map(str, row)) for row in rows)]) + "\n")
        run("load", shop or cls.shop, file)

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
        self.assertAlmostEqual(south["sold"] / south["units"], 1, delta=0.15, msg="told as sums of weeks")

    def test_sums_of_places_and_categories_are_the_total(self):
        total = run("demand", "sums", self.shop, "--by", "total", "--json")["sums"][0]
        for by in ("place", "category"):
            sums = run("demand", "sums", self.shop, "--by", by, "--json")["sums"]
            self.assertAlmostEqual(sum(one["units"] for one in sums), total["units"], places=6)
            self.assertEqual(sum(one["sold"] for one in sums), total["sold"])
        self.assertGreater(total["sold"], 1_000)
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
        self.assertEqual(len(measured), 5, "of i0 there is enough")
        for one in measured:
            events = run("decisions", "show", self.shop, one["id"], "--json")["events"]
            found = next(event["payload"] for event in events if event["event"] == "measure")
            self.assertAlmostEqual(found["outcome"] / found["expected"], 1, delta=0.2)

    def test_what_lies_in_the_wrong_place_is_moved_and_measured(self):
        day = week(WEEKS)
        shop = self.folder / "moving"
        shutil.copytree(self.shop, shop)
        made = run("stock", "transfer", shop, "--as-of", day, "--json")
        self.assertEqual((made["items"], made["pending"], made["refused_by_guardrails"]), (6, 1, 0))
        (move,) = decisions(shop, state="pending", kind="stock.transfer")
        shown = run("decisions", "show", shop, move["id"], "--json")["decision"]
        self.assertEqual((shown["arguments"]["item"], shown["arguments"]["from"], shown["arguments"]["to"]), ("i0", "north", "south"))
        self.assertLess(shown["evidence"]["taker_chance_after"], 0.5)
        self.assertGreater(shown["evidence"]["taker_chance_before"], 0.99)
        self.assertLess(shown["evidence"]["giver_chance_after"], 0.5)
        at_places = run("demand", "places", shop, "--item", "i0", "--json")["places"]
        self.assertAlmostEqual(shown["evidence"]["taker_expected"], next(one["units"] for one in at_places if one["place"] == "south"), places=6)
        self.assertIn("from north to south", shown["summary"]["en"])
        run("decisions", "approve", shop, move["id"])
        run("decisions", "act", shop)
        exported = (shop / "exports" / f"transfers-{day}.csv").read_text()
        self.assertIn(f"north,south,{shown['arguments']['units']}", exported)
        self.assertEqual(run("stock", "transfer", shop, "--as-of", day + datetime.timedelta(1), "--json")["pending"], 0)
        run("decisions", "measure", shop, "--as-of", day + datetime.timedelta(28))
        events = run("decisions", "show", shop, move["id"], "--json")["events"]
        found = next(event["payload"] for event in events if event["event"] == "measure")
        self.assertGreater(found["outcome"], 60)
        self.assertEqual(found["baseline"], 0)

    def test_a_warehouse_fills_the_places_it_supplies(self):
        day = week(WEEKS)
        shop = self.folder / "linked"
        shutil.copytree(self.shop, shop)
        self.assertEqual(run("stock", "network", shop, "--json")["plans"], 0, "no links yet")
        run("stock", "transfer", shop, "--as-of", day, "--json")
        (waits,) = decisions(shop, state="pending", kind="stock.transfer")
        counted = day - datetime.timedelta(1)
        self.write("links.csv", "giver,taker,days", [("central", place, 2) for place in PLACES], shop)
        self.write("stock-central.csv", "item,place,day,on_hand", [(f"i{item}", "central", counted, 500 if item else 30)
                                                                   for item in range(6)], shop)
        plan = run("stock", "network", shop, "--item", "i4", "--json")
        self.assertEqual((plan["links"], plan["plans"]), (2, 1))
        central, *stores = plan["items"][0]["places"]
        self.assertEqual((central["place"], central["own_days"], central["forecast"], central["on_hand"]), ("central", 14, False, 500))
        self.assertEqual({store["place"] for store in stores}, set(PLACES))
        self.assertLessEqual(plan["cost"], plan["cost_alone"] + 1e-9)
        at_places = {one["place"]: one for one in run("demand", "places", shop, "--item", "i4", "--json")["places"]}
        for store in stores:
            self.assertEqual((store["supplied_by"], store["own_days"], store["net_days"]),
                             ("central", 3, 3 + central["promised_days"]))
            # What the planner sees of the place, over the days that its stock covers.
            part = store["net_days"] / 14
            seen = at_places[store["place"]]
            self.assertAlmostEqual(store["expected"], seen["units"] * part, places=6)
            self.assertAlmostEqual(store["safety_stock"], (seen["high"] - seen["units"]) * math.sqrt(part), places=6)
            self.assertEqual(store["base_stock"], math.ceil(store["expected"] + store["safety_stock"] - 1e-9))
        later = day + datetime.timedelta(1)
        run("demand", "run", shop, "--as-of", later)
        made = run("stock", "transfer", shop, "--as-of", later, "--json")
        self.assertEqual((made["planned_items"], made["items"], made["expired"]), (6, 0, 1))
        self.assertEqual(run("decisions", "show", shop, waits["id"], "--json")["decision"]["state"], "expired")
        moves = [run("decisions", "show", shop, one["id"], "--json")["decision"]
                 for one in decisions(shop, state="pending", kind="stock.transfer")]
        self.assertEqual({move["arguments"]["from"] for move in moves}, {"central"})
        base = {(one["item"], place["place"]): place for one in run("stock", "network", shop, "--json")["items"] for place in one["places"]}
        self.assertEqual(len(moves), 11, "both places of five items, and of i0 the one that has none")
        for move in moves:
            e, place = move["evidence"], base[move["arguments"]["item"], move["arguments"]["to"]]
            self.assertEqual((e["base_stock"], e["net_days"], e["taker_on_hand"]), (place["base_stock"], place["net_days"], place["on_hand"]))
            self.assertEqual(e["wanted_units"], e["base_stock"] - e["taker_on_hand"])
            if move["arguments"]["item"] == "i0":
                self.assertEqual((move["arguments"]["to"], move["arguments"]["units"]), ("south", 30))
                self.assertIn("were wanted; central has no more to spare", move["summary"]["en"])
            else:
                self.assertEqual(move["arguments"]["units"], e["wanted_units"])
                self.assertLess(e["taker_chance_after"], 0.2)
            self.assertIn(f"is kept at {e['base_stock']}", move["summary"]["en"])
            self.assertIn(f"目标库存为 {e['base_stock']} 件", move["summary"]["zh"])
            self.assertGreater(e["taker_chance_before"], 0.9)
        # An order feeds them all.
        projection = run("stock", "projection", shop, "--item", "i4", "--json")
        self.assertEqual(projection["order_up_to"], sum(place["base_stock"] for (item, _), place in base.items() if item == "i4"))
        self.assertGreater(projection["order_up_to"], run("stock", "projection", self.shop, "--item", "i4", "--json")["order_up_to"])
        run("decisions", "approve", shop, moves[0]["id"])
        run("decisions", "act", shop)
        self.assertIn("central,", (shop / "exports" / f"transfers-{later}.csv").read_text())

    def test_old_counts_move_nothing(self):
        shop = self.folder / "old"
        shutil.copytree(self.shop, shop)
        day = week(WEEKS) + datetime.timedelta(21)
        run("demand", "run", shop, "--as-of", day)
        made = run("stock", "transfer", shop, "--as-of", day, "--json")
        self.assertEqual(made["pending"], 0)
        self.assertGreater(made["refused_by_guardrails"], 0)


if __name__ == "__main__":
    unittest.main()
