"""The mappings under examples/: each loads a real or a faithfully made sample; amounts, instants and counts are right."""

import csv
import gzip
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
needs_data = unittest.skipUnless(DATA.is_dir(), "the shared data are absent")


def run(*words):
    done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        raise AssertionError(f"{words}: {done.stderr}")
    return done.stdout


def csv_text(header, *rows, delimiter=","):
    """Rows of dicts as a file with exactly these columns; what a row does not name is empty."""
    columns = header.split("|")
    lines = [columns] + [[str(row.get(column, "")) for column in columns] for row in rows]
    quote = lambda cell: '"' + cell.replace('"', '""') + '"' if re.search(r'[",\n\t]', cell) else cell
    return "".join(delimiter.join(map(quote, line)) + "\n" for line in lines)


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="suanpan-mappings-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.shop = self.folder / "shop"

    def init(self, mapping):
        run("init", self.shop, "--mapping", ROOT / "examples" / mapping)

    def write(self, name, text):
        file = self.folder / name
        file.write_text(text, encoding="utf-8")
        return file

    def load(self, *files):
        """The reply by source; a second load changes nothing."""
        reply = json.loads(run("load", self.shop, *files, "--json"))
        again = json.loads(run("load", self.shop, *files, "--json"))
        self.assertEqual((again["loaded"], again["quarantined"]), (0, 0))
        self.assertEqual(again["unchanged"], again["read"])
        self.assertEqual(reply["read"],
                         reply["loaded"] + reply["quarantined"] + reply["unchanged"] + reply["left_out"])
        return {file["source"]: file for file in reply["files"]}

    def assertCounts(self, report, **wanted):
        self.assertEqual({name: report[name] for name in wanted}, wanted, report)

    def tables(self):
        reply = json.loads(run("data", "summary", self.shop, "--json"))
        return {table["table"]: table["rows"] for table in reply["tables"] if table["rows"]}

    def rows(self, table, *fields):
        """Rows of a canonical table, by way of the operation that shows them."""
        reply = json.loads(run("data", "rows", self.shop, "--table", table, "--limit", 1000, "--json"))
        return sorted(tuple(row.get(field) for field in fields) for row in map(json.loads, reply["rows"]))


class RealTest(Case):
    @needs_data
    def test_walmart(self):
        self.init("walmart_weekly.yaml")
        folder = DATA / "walmart_weekly"
        reports = self.load(folder / "stores.csv", folder / "department_sales.csv.gz", folder / "features.csv.gz")
        self.assertCounts(reports["stores"], read=45, loaded=45)
        self.assertCounts(reports["department_sales"], read=421_570, loaded=421_570, mended=1_285)
        self.assertCounts(reports["weather"], read=8_190, loaded=8_190)
        self.assertCounts(reports["unemployment"], loaded=8_190 - 585, left_out=585)
        holidays = [day for day, title in self.rows("calendar", "day", "title")]
        self.assertEqual(holidays, ["2010-02-12", "2010-09-10", "2010-11-26", "2010-12-31", "2011-02-11", "2011-09-09",
                                    "2011-11-25", "2011-12-30", "2012-02-10", "2012-09-07", "2012-11-23", "2012-12-28",
                                    "2013-02-08"])
        # 24924.5 dollars in the week that ended on Friday the 5th; 42.31 degrees Fahrenheit.
        sale = json.loads(json.loads(run("data", "rows", self.shop, "--table", "sales", "--item-id", "department 1",
                                         "--limit", 1, "--json"))["rows"][0])
        self.assertEqual([sale[name] for name in ("place_id", "from_day", "days", "units", "revenue")],
                         ["1", "2010-01-30", 7, None, 2_492_450])
        weather = self.rows("weather", "place_id", "day", "temperature_c")
        self.assertIn(("1", "2010-01-30"), [row[:2] for row in weather])
        self.assertAlmostEqual(dict((row[:2], row[2]) for row in weather)["1", "2010-01-30"], (42.31 - 32) * 5 / 9)
        summary = json.loads(run("data", "summary", self.shop, "--json"))
        self.assertEqual((summary["first_day"], summary["last_day"]), ("2010-01-30", "2012-10-26"))

    @needs_data
    def test_rossmann(self):
        self.init("rossmann.yaml")
        folder = DATA / "rossmann"
        reports = self.load(folder / "store.csv", folder / "sales.csv.gz")
        with gzip.open(folder / "sales.csv.gz", "rt") as file:
            rows = list(csv.DictReader(file))
        state = sum(row["StateHoliday"] != "0" for row in rows)
        school = sum(row["SchoolHoliday"] != "0" for row in rows)
        self.assertCounts(reports["stores"], read=1_115, loaded=1_115)
        self.assertCounts(reports["sales"], read=969_264, loaded=969_264, quarantined=0)
        self.assertCounts(reports["state_holidays"], loaded=state, left_out=969_264 - state)
        self.assertCounts(reports["school_holidays"], loaded=school, left_out=969_264 - school)
        day = self.rows("sales", "place_id", "from_day", "days", "revenue", "customers", "open", "promoted", "item_id")
        self.assertIn(("1", "2013-01-02", 1, 553_000, 668, True, 0.0, "all"), day)
        self.assertIn(("1", "2013-01-01", 1, 0, 0, False, 0.0, "all"), day)

    @needs_data
    def test_dominicks(self):
        self.init("dominicks.yaml")
        folder = DATA / "dominicks_orange_juice"
        reports = self.load(folder / "store_demographics.csv", folder / "oj_sales.csv.gz")
        self.assertCounts(reports["stores"], read=83, loaded=83)
        self.assertCounts(reports["items"], read=106_139, loaded=11, left_out=106_128)
        self.assertCounts(reports["sales"], read=106_139, loaded=106_139)
        self.assertEqual(self.rows("items", "item_id", "title")[0], ("juice 1", "Tropicana Premium 64 oz"))
        # Week 40; exp(9.0186955) = 8256 packages of 64 ounces at 0.06046875 dollars an ounce = 3.87 a package.
        sale = json.loads(json.loads(run("data", "rows", self.shop, "--table", "sales", "--item-id", "juice 1",
                                         "--limit", 1, "--json"))["rows"][0])
        self.assertEqual([sale[name] for name in ("place_id", "from_day", "days", "units", "revenue", "promoted")],
                         ["2", "1990-06-14", 7, 8_256, 8_256 * 387, 1.0])

    @needs_data
    def test_retailrocket_processed(self):
        self.init("retailrocket.yaml")
        folder = DATA / "retailrocket"
        reports = self.load(folder / "views.tsv.gz", folder / "add_to_cart.tsv.gz", folder / "purchases.tsv.gz")
        self.assertCounts(reports["views"], read=78_371, loaded=78_371)
        self.assertCounts(reports["carts"], read=9_028, loaded=9_028)
        self.assertCounts(reports["purchases"], read=5_088, loaded=5_088)
        self.assertEqual(self.tables()["events"], 78_371 + 9_028 + 5_088)

    def test_retailrocket_original(self):
        self.init("retailrocket.yaml")
        text = csv_text("timestamp|visitorid|event|itemid|transactionid",
                        dict(timestamp=1433221332117, visitorid=257597, event="view", itemid=355908),
                        dict(timestamp=1433221332117, visitorid=257597, event="addtocart", itemid=355908),
                        dict(timestamp=1433222276276, visitorid=257597, event="transaction", itemid=355908, transactionid=4000),
                        dict(timestamp="soon", visitorid=1, event="view", itemid=2))
        reports = self.load(self.write("events.csv", text))
        self.assertCounts(reports["events"], read=4, loaded=3, quarantined=1)
        self.assertEqual(self.rows("events", "occurred_at", "event_name", "order_id"),
                         [("2015-06-02 05:02:12.117+00", "add_to_cart", None),
                          ("2015-06-02 05:02:12.117+00", "view_item", None),
                          ("2015-06-02 05:17:56.276+00", "purchase", "4000")])


PRODUCTS = {
    "shopify.yaml": (
        "Title|URL handle|Description|Vendor|Product category|Type|Tags|Published on online store|Status|SKU|Barcode|"
        "Option1 name|Option1 value|Option2 name|Option2 value|Option3 name|Option3 value|Price|Compare-at price|"
        "Cost per item|Inventory quantity|Weight value (grams)|Product image URL|Image position",
        lambda name: name),
    "shopify_legacy.yaml": (
        "Handle|Title|Body (HTML)|Vendor|Product Category|Type|Tags|Published|Option1 Name|Option1 Value|Option2 Name|"
        "Option2 Value|Option3 Name|Option3 Value|Variant SKU|Variant Grams|Variant Inventory Qty|Variant Price|"
        "Variant Compare At Price|Variant Barcode|Image Src|Image Position|Cost per item|Status",
        {"URL handle": "Handle", "Description": "Body (HTML)", "SKU": "Variant SKU", "Barcode": "Variant Barcode",
         "Price": "Variant Price", "Product image URL": "Image Src", "Option1 name": "Option1 Name",
         "Option1 value": "Option1 Value", "Option2 name": "Option2 Name", "Option2 value": "Option2 Value"}.get),
}
ORDERS = ("Name|Email|Financial Status|Paid at|Fulfillment Status|Currency|Subtotal|Shipping|Taxes|Total|Created at|"
          "Lineitem quantity|Lineitem name|Lineitem price|Lineitem compare at price|Lineitem sku|Billing Name|"
          "Cancelled at|Refunded Amount|Vendor|Id|Tags|Source")


def shopify_products(mapping):
    header, named = PRODUCTS[mapping]
    rows = [{"URL handle": "wool-hat", "Title": "Wool hat", "Description": "<p>Warm,\nsoft</p>", "Vendor": "Northwind",
             "Type": "Hats", "SKU": "HAT-S", "Barcode": "4006381333931", "Option1 name": "Size", "Option1 value": "S",
             "Option2 name": "Color", "Option2 value": "Blue", "Price": "19.90", "Cost per item": "7.25"},
            {"URL handle": "wool-hat", "Option1 value": "L", "Option2 value": "Blue", "SKU": "HAT-L", "Price": "21.90",
             "Cost per item": "7.75"},
            {"URL handle": "wool-hat", "Product image URL": "https://example.com/hat.jpg"},
            {"URL handle": "gift-card", "Title": "Gift card", "Vendor": "My shop", "Option1 name": "Title",
             "Option1 value": "Default Title", "Price": "50.00"}]
    return csv_text(header, *({named(key) or key: value for key, value in row.items()} for row in rows))


class MadeTest(Case):
    def shopify(self, mapping):
        self.init(mapping)
        products = self.write("products_export_1.csv", shopify_products(mapping))
        order = {"Name": "#1001", "Email": "Ann@example.com"}
        orders = self.write("orders_export_1.csv", csv_text(
            ORDERS,
            order | {"Financial Status": "paid", "Created at": "2024-03-10 23:30:00 -0400", "Lineitem quantity": 2,
                     "Lineitem name": "Wool hat - S / Blue", "Lineitem price": "19.90", "Lineitem sku": "HAT-S"},
            order | {"Created at": "2024-03-10 23:30:00 -0400", "Lineitem quantity": 1, "Lineitem name": "Gift card",
                     "Lineitem price": "50.00"},
            {"Name": "#1002", "Email": "bo@example.com", "Created at": "2024-01-05 09:00:00 +0100",
             "Cancelled at": "2024-01-05 10:00:00 +0100", "Lineitem quantity": 1, "Lineitem name": "Wool hat - L / Blue",
             "Lineitem price": "21.90", "Lineitem sku": "HAT-L"},
            {"Name": "#1002", "Email": "bo@example.com", "Created at": "2024-01-05 09:00:00 +0100",
             "Lineitem quantity": 3, "Lineitem name": "Wool hat - S / Blue", "Lineitem price": "19.90",
             "Lineitem sku": "HAT-S"},
            {"Name": "#1003", "Email": "c@example.com", "Created at": "yesterday", "Lineitem quantity": 1,
             "Lineitem name": "Wool hat - S / Blue", "Lineitem price": "19.90", "Lineitem sku": "HAT-S"}))
        reports = self.load(products, orders)
        self.assertCounts(reports["items"], read=4, loaded=3, left_out=1)
        self.assertCounts(reports["variants"], read=4, loaded=3, left_out=1)
        self.assertCounts(reports["option_1"], loaded=2, left_out=2)
        self.assertCounts(reports["option_2"], loaded=2, left_out=2)
        self.assertCounts(reports["orders"], read=5, loaded=4, quarantined=1)
        self.assertEqual(self.rows("items", "item_id", "title", "category", "supplier_id", "unit_price", "unit_cost")[:3],
                         [("Gift card", "Gift card", None, None, 5_000, None),
                          ("HAT-L", "Wool hat / L / Blue", "Hats", "Northwind", 2_190, 775),
                          ("HAT-S", "Wool hat / S / Blue", "Hats", "Northwind", 1_990, 725)])
        self.assertEqual(self.rows("variants", "item_id", "product_id", "title", "barcode")[:2],
                         [("HAT-L", "wool-hat", "L / Blue", None), ("HAT-S", "wool-hat", "S / Blue", "4006381333931")])
        self.assertEqual(self.rows("attributes", "item_id", "name", "value"),
                         [("HAT-L", "color", "Blue"), ("HAT-L", "size", "L"), ("HAT-S", "color", "Blue"),
                          ("HAT-S", "size", "S")])
        # Summer time began that morning: 23:30 at -4 hours is half past three of the next day in UTC, and still the 10th.
        self.assertEqual(
            self.rows("order_lines", "order_id", "line", "ordered_at", "day", "quantity", "cancelled_quantity", "unit_price",
                      "customer_id"),
            [("#1001", 1, "2024-03-11 03:30:00+00", "2024-03-10", 2, 0, 1_990, "ann@example.com"),
             ("#1001", 2, "2024-03-11 03:30:00+00", "2024-03-10", 1, 0, 5_000, "ann@example.com"),
             ("#1002", 1, "2024-01-05 08:00:00+00", "2024-01-05", 1, 1, 2_190, "bo@example.com"),
             ("#1002", 2, "2024-01-05 08:00:00+00", "2024-01-05", 3, 3, 1_990, "bo@example.com")])

    def test_shopify(self):
        self.shopify("shopify.yaml")

    def test_shopify_older_headers(self):
        self.shopify("shopify_legacy.yaml")

    def test_google_merchant(self):
        self.init("google_merchant.yaml")
        header = ("id|title|description|link|image_link|availability|price|sale_price|brand|gtin|google_product_category|"
                  "product_type|item_group_id|color|size|cost_of_goods_sold")
        text = csv_text(header,
                        dict(id="SHIRT-M", title="Shirt", price="15.00 USD", brand="Acme", gtin="3234567890126",
                             product_type="Apparel > Shirts", item_group_id="SHIRT", color="Navy", size="M",
                             cost_of_goods_sold="6.5 USD"),
                        dict(id="MUG", title="Mug \"big\"", price="1200.5 USD", google_product_category="Home"),
                        dict(id="CUP", title="Cup", price="9.00 EUR", brand="Acme"),
                        delimiter="\t")
        reports = self.load(self.write("google_merchant_feed.tsv", text))
        self.assertCounts(reports["items"], read=3, loaded=2, quarantined=1)
        self.assertCounts(reports["variants"], loaded=1, left_out=2)
        self.assertEqual(self.rows("items", "item_id", "title", "category", "unit_price", "unit_cost"),
                         [("MUG", "Mug \"big\"", "Home", 120_050, None),
                          ("SHIRT-M", "Shirt", "Apparel > Shirts", 1_500, 650)])
        self.assertEqual(self.rows("variants", "item_id", "product_id", "title", "barcode"),
                         [("SHIRT-M", "SHIRT", "Navy / M", "3234567890126")])
        self.assertEqual(self.rows("attributes", "item_id", "name", "value"),
                         [("CUP", "brand", "Acme"), ("SHIRT-M", "brand", "Acme"), ("SHIRT-M", "colour", "Navy"),
                          ("SHIRT-M", "size", "M")])

    def test_ga4_events(self):
        self.init("ga4_events.yaml")
        header = ("event_timestamp|event_name|user_pseudo_id|user_id|ga_session_id|country|transaction_id|item_id|"
                  "item_list_id|item_list_index|quantity|price")
        visitor = dict(user_pseudo_id="123.456", ga_session_id="789", country="Canada")
        text = csv_text(header,
                        visitor | dict(event_timestamp=1720170672000123, event_name="view_item_list", item_id="A",
                                       item_list_id="related", item_list_index="2", user_id="(not set)"),
                        visitor | dict(event_timestamp=1720170672000123, event_name="view_item_list", item_id="B",
                                       item_list_id="related", item_list_index="0"),
                        visitor | dict(event_timestamp=1704445200000000, event_name="purchase", user_id="u1", item_id="A",
                                       transaction_id="T1", quantity=3, price="1.15"),
                        visitor | dict(event_timestamp=1704445200000000, event_name="purchase", user_id="u1", item_id="A",
                                       transaction_id="T1", quantity=3, price="1.15"))
        reports = self.load(self.write("ga4_events_2024.csv", text))
        self.assertCounts(reports["events"], read=4, loaded=3, quarantined=1)
        purchase = ("2024-01-05 09:00:00+00", "purchase", "u1", "123.456.789", "A", "T1", 3, 345, None, None)
        self.assertEqual(self.rows("events", "occurred_at", "event_name", "customer_id", "session_id", "item_id", "order_id",
                                   "quantity", "value", "list_id", "position"),
                         [purchase, purchase,
                          ("2024-07-05 09:11:12.000123+00", "view_item_list", "123.456", "123.456.789", "A", None, None,
                           None, "related", 2)])

    def test_taobao(self):
        self.init("taobao.yaml")
        header = ("订单编号|宝贝标题|宝贝价格|购买数量|外部系统编号|商品属性|订单状态|商家编码|买家会员名|买家实际支付金额|退款状态|"
                  "退款金额|订单创建时间|订单付款时间|退款完结时间")
        paid = dict(订单状态="交易成功", 买家会员名="小明", 订单创建时间="2024-11-11 00:00:05", 订单付款时间="2024-11-11 00:01:00")
        text = csv_text(header,
                        paid | dict(订单编号='="3501234567890123456"', 宝贝标题=" 羊毛帽 ", 宝贝价格="99.50", 购买数量=2,
                                    商家编码="HAT-S\t"),
                        paid | dict(订单编号="'3501234567890123457", 宝贝标题="围巾", 宝贝价格="59", 购买数量=2,
                                    退款状态="退款成功", 退款金额="118", 退款完结时间="2024-11-20 10:00:00"),
                        dict(订单编号="3501234567890123458", 宝贝标题="羊毛帽", 宝贝价格="99.50", 购买数量=1, 商家编码="HAT-S",
                             订单状态="交易关闭", 订单创建时间="2024-11-12 08:00:00"),
                        paid | dict(订单编号="3501234567890123459", 宝贝标题="手套", 宝贝价格="面议", 购买数量=1))
        reports = self.load(self.write("宝贝报表202411.csv", text))
        self.assertCounts(reports["宝贝报表"], read=4, loaded=3, quarantined=1)
        self.assertCounts(reports["退款"], read=4, loaded=1, left_out=3)
        self.assertEqual(
            self.rows("order_lines", "order_id", "item_id", "ordered_at", "day", "quantity", "cancelled_quantity",
                      "unit_price"),
            [("3501234567890123456", "HAT-S", "2024-11-10 16:00:05+00", "2024-11-11", 2, 0, 9_950),
             ("3501234567890123457", "围巾", "2024-11-10 16:00:05+00", "2024-11-11", 2, 0, 5_900),
             ("3501234567890123458", "HAT-S", "2024-11-12 00:00:00+00", "2024-11-12", 1, 1, 9_950)])
        self.assertEqual(self.rows("returns", "order_id", "item_id", "day", "quantity", "unit_price"),
                         [("3501234567890123457", "围巾", "2024-11-20", 2, 5_900)])
        self.assertEqual(self.rows("items", "item_id", "title"), [("HAT-S", "羊毛帽"), ("围巾", "围巾")])


if __name__ == "__main__":
    unittest.main()
