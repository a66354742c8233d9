"""Orders and the forecast that a planner sees come from the same numbers; exceptions and projections of a small shop."""

import math
import pathlib
import random
import shutil
import tempfile
import unittest

from tests.program import attempt, decisions, run

MAPPING = """shop:
  name: Stock test
  currency: GBP
  time_zone: UTC
  options:
    demand: {period: day}
    stock: {lead_time_days: 7, review_days: 7, service_level: 0.95%s}
sources:
  - name: orders
    file: "orders*.csv"
    into:
      - table: order_lines
        fields: {order_id: number, item_id: item, ordered_at: time, quantity: quantity, unit_price: price}
  - name: items
    file: "items*.csv"
    into:
      - table: items
        fields: {item_id: item, title: title, unit_cost: cost, unit_price: price, supplier_id: supplier}
  - name: suppliers
    file: "suppliers*.csv"
    into:
      - table: suppliers
        fields: {supplier_id: supplier, lead_time_days: days, pack_size: pack, minimum_units: minimum}
  - name: stock
    file: "stock*.csv"
    into:
      - table: stock
        fields: {item_id: item, place_id: "'main'", day: day, on_hand: on_hand, on_order: on_order}
  - name: receipts
    file: "receipts*.csv"
    into:
      - table: receipts
        fields: {receipt_id: receipt, item_id: item, ordered_on: ordered, received_on: received, quantity: quantity}
  - name: breaks
    file: "breaks*.csv"
    into:
      - table: price_breaks
        fields: {item_id: item, from_units: units, unit_cost: cost, incremental: kind = 'incremental'}
  - name: substitutes
    file: "substitutes*.csv"
    into:
      - table: substitutes
        fields: {item_id: item, other_item_id: other, share: share}
"""
DAY = "2026-03-01"
ITEMS = 12


def quantile(levels, quantiles, level):
    """Linear between the levels, as the program says it reads them."""
    if level <= levels[0]:
        return quantiles[0]
    for low, high, a, b in zip(levels, levels[1:], quantiles, quantiles[1:]):
        if level <= high:
            return a + (level - low) / (high - low) * (b - a)
    return quantiles[-1]


class StockTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="suanpan-stock-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.plain = cls.shop("plain")

    @classmethod
    def write(cls, name, header, rows):
        file = cls.folder / name
        file.write_text("\n".join([header, *(",".join(map(str, row)) for row in rows)]) + "\n")
        return file

    @classmethod
    def shop(cls, name, options="", more=()):
        mapping = cls.folder / "mapping.yaml"
        mapping.write_text(MAPPING % options)
        shop = cls.folder / name
        run("init", shop, "--mapping", mapping)
        draw = random.Random(3)
        orders = [(f"{day}-{item}", f"i{item}", f"2026-{1 + day // 31:02}-{1 + day % 31:02} 10:00:00",
                   draw.randrange(1, 4 + item), "5.00")
                  for day in range(59) for item in range(ITEMS) if draw.random() < 0.8]
        items = [(f"i{item}", f"Thing {item}", "2.00", "5.00", f"s{item % 3}") for item in range(ITEMS)]
        items += [("dead", "Dead <b>thing</b>; DROP TABLE", "2.00", "5.00", ""), ("bare", "Bare", "", "", "")]
        stock = [(f"i{item}", "2026-02-28", 3 * item, item % 2) for item in range(ITEMS - 1)]
        stock += [("dead", "2026-02-28", 40, 0), ("bare", "2026-02-28", 0, 0)]
        # Supplier 1 states 7 days and takes 16; supplier 2 states nothing.
        receipts = [(f"r{n}", "i1", f"2026-01-{1 + n:02}", f"2026-01-{17 + n:02}" if n < 15 else f"2026-02-{n - 14:02}", 5)
                    for n in range(20)]
        for file in (cls.write("orders.csv", "number,item,time,quantity,price", orders),
                     cls.write("items.csv", "item,title,cost,price,supplier", items),
                     cls.write("suppliers.csv", "supplier,days,pack,minimum", [("s0", 9, 6, 12), ("s1", 7, 1, ""), ("s2", "", "", "")]),
                     cls.write("stock.csv", "item,day,on_hand,on_order", stock),
                     cls.write("receipts.csv", "receipt,item,ordered,received,quantity", receipts)):
            run("load", shop, file)
        for file in more:
            run("load", shop, file)
        run("daily", shop, "--as-of", DAY, "--json")
        return shop

    def orders(self, shop):
        return [d for state in ("pending", "rejected") for d in decisions(shop, state)
                if d["kind"] == "stock.order"]

    def test_order_and_forecast_are_the_same_numbers(self):
        shop = self.plain
        orders = self.orders(shop)
        self.assertGreaterEqual(len(orders), 8)
        scaled = 0
        for order in orders:
            e, item = order["evidence"], order["arguments"]["item"]
            seen = run(
                "demand", "forecast", shop, "--item", item, "--json")
            # What the planner sees of the forecast is what the evidence says it rests on …
            self.assertEqual(e["forecast_window_units"], seen["window_units"])
            self.assertEqual((e["model"], e["model_version"], e["forecast_method"]),
                             (seen["model"], seen["model_version"], seen["method"]))
            levels = [q["level"] for q in seen["window"]]
            self.assertEqual(e["demand_levels"], levels)
            if e["window_days"] == e["forecast_window_days"] and e["lead_time_sd_days"] == 0:
                self.assertEqual(e["demand_quantiles"], [q["units"] for q in seen["window"]])
                self.assertEqual(e["expected_units"], seen["window_units"])
            else:  # … over another time where the supplier takes another time
                scaled += 1
                self.assertAlmostEqual(e["expected_units"], seen["window_units"] * e["window_days"] / 14, places=6)
            # … and the order follows from the evidence alone.
            up_to = math.ceil(quantile(levels, e["demand_quantiles"], e["service_level"]) - 1e-9)
            self.assertEqual(e["order_up_to"], up_to)
            wanted = max(up_to - e["on_hand"] - e["on_order"], e["minimum_units"])
            packs = math.ceil(wanted / e["pack_size"] - 1e-9)
            self.assertEqual(order["arguments"]["units"], packs * e["pack_size"])
            self.assertEqual((order["expected"]["mean"], order["expected"]["low"]), (e["expected_units"], e["low_units"]))
            # The projection of the item says the same.
            p = run("stock", "projection", shop, "--item", item, "--json")
            self.assertEqual((p["order_up_to"], p["order_units"], p["lead_time_receipts"]),
                             (up_to, order["arguments"]["units"], e["lead_time_receipts"]))
            self.assertEqual(p["chance_of_running_out"], e["chance_of_running_out"])
            self.assertAlmostEqual(p["days"][0]["expected"],
                                   max(0, e["on_hand"] + p["days"][0]["arriving"] - seen["periods"][0]["units"]), places=6)
        self.assertGreater(scaled, 0)

    def test_orders_are_made_from_the_planners_number(self):
        shop = self.shop("planned")
        before = run("demand", "forecast", shop, "--item", "i5", "--json")
        kept = run("demand", "override", shop, "--item", "i5", "--from", "2026-03-01", "--until", "2026-03-31",
                   "--factor", 5, "--reason", "local \"fair\" <b>", "--json")
        self.assertAlmostEqual(kept["window_units"], 5 * before["window_units"], places=6)
        run("daily", shop, "--as-of", "2026-03-02", "--json")  # what is forecast later has it, too
        seen = run("demand", "forecast", shop, "--item", "i5", "--json")
        self.assertAlmostEqual(seen["window_units"], 5 * seen["model_window_units"], places=6)
        self.assertEqual(seen["override_id"], kept["override_id"])
        order = next(o for o in self.orders(shop) if o["arguments"]["item"] == "i5" and o["as_of"] == "2026-03-02")
        e = order["evidence"]
        self.assertEqual((e["forecast_window_units"], e["forecast_model_units"], e["override_id"]),
                         (seen["window_units"], seen["model_window_units"], kept["override_id"]))
        self.assertEqual(e["demand_quantiles"], [q["units"] for q in seen["window"]])
        self.assertGreater(e["order_up_to"], 0.9 * seen["window_units"])
        self.assertIn(f"(override {kept['override_id']})", order["summary"]["en"])
        listed = run("demand", "overrides", shop, "--json")["overrides"]
        self.assertEqual([one["reason"] for one in listed], ["local \"fair\" <b>"])
        run("demand", "withdraw", shop, "--override-id", kept["override_id"], "--json")
        self.assertEqual(run("demand", "overrides", shop, "--json")["overrides"], [])
        after = run("demand", "forecast", shop, "--item", "i5", "--json")
        self.assertEqual((after["window_units"], after["override_id"]), (after["model_window_units"], None))
        added = run("demand", "value-added", shop, "--json")
        self.assertEqual(added["all"]["windows"], 0)  # no window is over yet
        self.assertEqual(run("demand", "bias", shop, "--json")["alarms"], [])
        wrong = attempt("demand", "override", shop, "--item", "i5", "--until", "2026-02-01", "--from", "2026-03-01",
                        "--units", 3, "--reason", "late")
        self.assertIn("before it begins", wrong.stderr)

    def test_lead_times_come_from_receipts(self):
        shop = self.plain
        learned = run("stock", "projection", shop, "--item", "i4", "--json")  # of supplier 1, like item 1
        self.assertEqual(learned["lead_time_receipts"], 20)
        self.assertAlmostEqual(learned["lead_time_days"], (4 * 7 + 15 * 16 + 5 * 17 - 5 * 1) / 24, delta=0.5)
        stated = run("stock", "projection", shop, "--item", "i3", "--json")
        self.assertEqual((stated["lead_time_receipts"], stated["lead_time_days"]), (0, 9))

    def test_exceptions_come_first(self):
        shop = self.plain
        reply = run("stock", "exceptions", shop, "--json")
        self.assertEqual((reply["as_of"], reply["counted_items"]), (DAY, ITEMS + 1))
        troubles = [row["trouble"] for row in reply["exceptions"]]
        self.assertEqual(troubles, sorted(troubles, key=["runs_out", "never_sells", "overstock"].index))
        self.assertIn("i0", [row["item"] for row in reply["exceptions"] if row["trouble"] == "runs_out"])
        dead = [row for row in reply["exceptions"] if row["trouble"] == "never_sells"]
        self.assertEqual([(row["item"], row["at_stake"], row["quiet_days"]) for row in dead], [("dead", 80, -1)])
        page = run("stock", "exceptions", shop, "--limit", 1, "--skip", 1, "--json")["exceptions"]
        self.assertEqual(page, reply["exceptions"][1:2])
        wrong = attempt("stock", "exceptions", shop, "--trouble", "boredom")
        self.assertIn('there is no trouble "boredom"', wrong.stderr)
        self.assertIn("no forecast of this item", attempt("stock", "projection", shop, "--item", "nobody").stderr)

    def test_budget_holds_over_all_orders(self):
        shop = self.shop("poor", ", budget: 300")
        orders = self.orders(shop)
        spent = sum(order["arguments"]["units"] * order["arguments"]["unit_cost"] for order in orders)
        self.assertLessEqual(spent, 300)
        self.assertGreater(spent, 250)
        self.assertIn("budget", {order["evidence"]["limited_by"] for order in orders})
        cut = next(order for order in orders if order["evidence"]["limited_by"] == "budget")
        self.assertIn("were wanted; the budget changed that", cut["summary"]["en"])

    def test_price_breaks_are_ordered_up_to(self):
        plain = {order["arguments"]["item"]: order for order in self.orders(self.plain)}
        need = {item: plain[item]["arguments"]["units"] for item in ("i1", "i4", "i7", "i5")}
        at = {item: units + units // 2 for item, units in need.items()}
        rows = [("i1", at["i1"], "1.70", "all"), ("i1", 100_000, "1.00", "all"), ("i4", 3 * need["i4"], "1.99", "all"),
                ("i7", 1, "1.80", "incremental"), ("i7", 5, "1.60", "incremental"), ("i5", 5, "1.75", "all")]
        shop = self.shop("breaks", more=[self.write("breaks.csv", "item,units,cost,kind", rows)])
        orders = {order["arguments"]["item"]: order for order in self.orders(shop)}
        i1 = orders["i1"]
        e = i1["evidence"]
        self.assertEqual((i1["arguments"]["units"], i1["arguments"]["unit_cost"], i1["value"]["minor"]), (at["i1"], 1.7, at["i1"] * 170))
        self.assertEqual((e["price_break_from"], e["units_without_break"], e["unit_cost_without_break"]), (at["i1"], need["i1"], 2))
        a_day, more = e["expected_units"] / e["window_days"], at["i1"] - need["i1"]
        saving = 2 * at["i1"] - 1.7 * at["i1"] - 0.25 * 1.7 * more * (3.5 + more / (2 * a_day)) / 365
        self.assertAlmostEqual(e["price_break_saving"], saving, places=6)
        self.assertEqual(e["wanted_units"], at["i1"])
        self.assertIn(f"from {at['i1']} on a unit costs 1.70 instead of 2.00, which saves {saving:.2f}", i1["summary"]["en"])
        self.assertIn(f"达到 {at['i1']} 件起，单位成本由 2.00 降至 1.70", i1["summary"]["zh"])
        self.assertEqual(run("stock", "projection", shop, "--item", "i1", "--json")["order_units"], at["i1"])
        self.assertEqual((orders["i4"]["arguments"]["units"], orders["i4"]["evidence"]["price_break_from"]), (need["i4"], 0),
                         "a cent of two pounds is not worth six weeks of stock")
        # At 1.75 for all from five on, and the first five at 1.80 before the others at 1.60.
        self.assertEqual((orders["i5"]["arguments"]["units"], orders["i5"]["arguments"]["unit_cost"]), (need["i5"], 1.75))
        units = orders["i7"]["arguments"]["units"]
        self.assertGreaterEqual(units, need["i7"])
        self.assertEqual(orders["i7"]["value"]["minor"], 160 * units + 20 * 5)
        run("decisions", "approve", shop, i1["id"])
        run("decisions", "act", shop)
        self.assertIn(f",{at['i1']},1.7,", (shop / "exports" / f"orders-{DAY}.csv").read_text())

    def test_substitutes_are_ordered_together(self):
        plain = {order["arguments"]["item"]: order for order in self.orders(self.plain)}
        rows = [("i7", "i8", 0.7), ("i4", "i5", 0.8), ("i4", "i6", 0.3)]
        shop = self.shop("together", more=[self.write("substitutes.csv", "item,other,share", rows)])
        orders = {order["arguments"]["item"]: order for order in self.orders(shop)}
        i7, i8 = orders["i7"], orders["i8"]
        for order, linked in ((i7, "i8"), (i8, "i7")):
            e = order["evidence"]
            alone = math.ceil(quantile(e["demand_levels"], e["demand_quantiles"], e["service_level"]) - 1e-9)
            self.assertEqual((e["order_up_to_alone"], alone), (plain[order["arguments"]["item"]]["evidence"]["order_up_to"], alone))
            self.assertGreaterEqual(e["order_up_to"], quantile(e["demand_levels"], e["demand_quantiles"], 0.8))
            self.assertGreater(e["demand_met_chance"], 0.8 - 1e-9)
            self.assertEqual(e["stand_ins"] + e["stands_in_for"], linked)
            self.assertGreater(e["substitution_gain"], 0)
            self.assertIn(f"Alone it would be kept at {alone}; with its substitutes ({linked})", order["summary"]["en"])
            self.assertIn(f"（{linked}）以 {e['order_up_to']} 件为最佳", order["summary"]["zh"])
            p = run("stock", "projection", shop, "--item", order["arguments"]["item"], "--json")
            self.assertEqual((p["order_up_to"], p["order_units"]), (e["order_up_to"], order["arguments"]["units"]))
        self.assertLess(i7["evidence"]["order_up_to"], i7["evidence"]["order_up_to_alone"])
        self.assertGreater(i8["evidence"]["order_up_to"], i8["evidence"]["order_up_to_alone"])
        for item in ("i4", "i5", "i3"):
            self.assertEqual(orders[item]["arguments"]["units"], plain[item]["arguments"]["units"])
        self.assertEqual(orders["i4"]["evidence"]["substitution_left_out"], "shares")
        self.assertIn("their shares add up to more than 1", orders["i4"]["summary"]["en"])

    def test_replay(self):
        reply = run("stock", "simulate", self.plain, "--test-days", 10, "--lead-time-days", 2, "--json")
        self.assertEqual((reply["series"], reply["to"], reply["history_days"]), (ITEMS, "2026-02-28", 49))
        for policy in reply["policies"]:  # more stock never means less in stock
            shares = [point["in_stock"] for point in policy["curve"]]
            self.assertEqual(shares, sorted(shares))
            self.assertGreater(policy["curve"][-1]["stock_days"], policy["curve"][0]["stock_days"])
        # Demand without any structure: last week again is the worst of forecasts.
        ours, naive = (policy["at"][2]["stock_days"] for policy in reply["policies"][:2])
        self.assertLess(ours, naive)
        short = attempt("stock", "simulate", self.plain, "--test-days", 30)
        self.assertIn("59 days are too few to try orders over 30", short.stderr)

    def test_empty_shop(self):
        mapping = self.folder / "mapping.yaml"
        mapping.write_text(MAPPING % "")
        run("init", self.folder / "empty", "--mapping", mapping)
        for words in (("exceptions",), ("projection", "--item", "x")):
            done = attempt("stock", words[0], self.folder / "empty", *words[1:])
            self.assertNotEqual(done.returncode, 0)
            self.assertIn("there is no forecast yet", done.stderr)
        self.assertIn("nothing was sold", attempt("stock", "simulate", self.folder / "empty").stderr)


if __name__ == "__main__":
    unittest.main()
