"""The daily loop's forecasts by item and place in whole shops, on days of the past, WAPE over two weeks: what is served (it adds up to
the items'), the places' own forecasts before that, the item's forecast split by shares of eight weeks, and the seasonal naive; then, of
items: what is served, their own forecasts and the sums of their places'. Which of these serve is chosen by windows that are over, so
the first three days have no choice yet.

usage: run DATA_FOLDER --places [walmart,store_item,dominicks,world] [--origins N]

walmart: by weeks, a department's dollars in a store; holidays, and each store's temperature (as it came to be).
store_item: by days, an item in one of ten stores. dominicks: by weeks, eleven juices in 83 stores.
world: the simulated shop by weeks in three regions, with promotions and holidays, and with temperatures or without."""

import datetime
import math
import pathlib
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]
import common
import shops


def walmart(data, folder):
    """Weeks are named by their last day, a Friday; they are moved to the Monday before it."""
    monday = lambda text: datetime.date.fromisoformat(text) - datetime.timedelta(4)
    sales, weather, holidays, items = [], [], {}, set()
    for row in common.rows_of(data / "walmart_weekly/department_sales.csv.gz"):
        items.add(row["Dept"])
        sales.append((row["Dept"], row["Store"], monday(row["Date"]), 7, max(0, round(float(row["Weekly_Sales"])))))
    for row in common.rows_of(data / "walmart_weekly/features.csv.gz"):
        weather.append((row["Store"], monday(row["Date"]), (float(row["Temperature"]) - 32) / 1.8))
        if row["IsHoliday"] == "TRUE":
            holidays[monday(row["Date"])] = monday(row["Date"]).month
    return [common.write_rows(folder / "items.csv", ["item", "title", "category"], [(item, f"department {item}", "") for item in items]),
            common.write_rows(folder / "sales.csv", ["item", "place", "day", "days", "units"], sales),
            common.write_rows(folder / "calendar.csv", ["day", "title", "holiday"],
                              [(day, f"holiday of month {month}", True) for day, month in holidays.items()]),
            common.write_rows(folder / "weather.csv", ["place", "day", "temperature"], weather)]


def store_item(data, folder):
    rows = list(common.rows_of(data / "store_item_demand/sales.csv.gz"))
    return [common.write_rows(folder / "items.csv", ["item", "title", "category"],
                              [(item, f"item {item}", "") for item in sorted({row["item"] for row in rows})]),
            common.write_rows(folder / "sales.csv", ["item", "place", "day", "days", "units"],
                              [(row["item"], row["store"], row["date"], 1, row["sales"]) for row in rows])]


def dominicks(data, folder):
    items, sales = {}, []
    for row in common.rows_of(data / "dominicks_orange_juice/oj_sales.csv.gz"):
        monday = datetime.date(1989, 9, 11) + datetime.timedelta(7 * (int(row["week"]) - 1))
        items[row["brand"]] = (row["brand"], f"juice {row['brand']}", "juice")
        sales.append((row["brand"], row["store"], monday, 7, round(math.exp(float(row["logmove"])))))
    return [common.write_rows(folder / "items.csv", ["item", "title", "category"], items.values()),
            common.write_rows(folder / "sales.csv", ["item", "place", "day", "days", "units"], sales)]


def shop_of(name, data, folder):
    shop = folder / "shop"
    if name == "world":
        common.suanpan("demo", "--shop", shop, "--no-serve")
        return shop
    files = {"walmart": walmart, "store_item": store_item, "dominicks": dominicks}[name](data, folder)
    common.suanpan("init", shop, "--mapping", HERE / "places.yaml")
    common.suanpan("load", shop, *files)
    common.suanpan("settings", "set", shop, "demand.period", "day" if name == "store_item" else "week", "--reason", "bench")
    return shop


JUDGED = f"""
    WITH windows AS (
        SELECT item_id, first_period, CAST(window_periods * period_days AS INTEGER) AS days, window_mean AS served,
               window_mean - coalesce(places_part, 0) AS alone
        FROM demand.forecast WHERE as_of = $day
    ), sales AS (
        SELECT item_id, place_id, day, units FROM data.sales_by_place_daily
        UNION ALL SELECT item_id, place_id, week, units FROM data.sale_counted WHERE days > 1
    ), sold AS (
        SELECT w.item_id, s.place_id,
               coalesce(sum(units) FILTER (day >= first_period AND day < first_period + w.days), 0) AS units
        FROM windows AS w JOIN sales AS s USING (item_id)
        GROUP BY ALL
    ), places AS (
        SELECT p.*, coalesce(units, 0) AS units, served, alone
        FROM demand.place_forecast AS p
        JOIN windows USING (item_id)
        LEFT JOIN sold USING (item_id, place_id)
        WHERE p.as_of = $day
    ), items AS (
        SELECT item_id, any_value(served) AS served, any_value(alone) AS alone, sum(own_window_mean) AS summed, sum(units) AS units
        FROM places GROUP BY item_id
    )
    SELECT count(*), sum(units), sum(abs(window_mean - units)), sum(abs(own_window_mean - units)),
           sum(abs(share * alone - units)), sum(abs(baseline_mean - units)),
           avg((window_quantiles[1] <= units AND units <= window_quantiles[7])::INTEGER),
           (SELECT sum(abs(served - units)) FROM items), (SELECT sum(abs(alone - units)) FROM items),
           (SELECT sum(abs(summed - units)) FROM items), avg((method LIKE 'boosted%')::INTEGER)
    FROM places"""


def judge(shop, day):
    import duckdb
    with duckdb.connect(str(shop / "shop.duckdb"), read_only=True) as connection:
        return connection.execute(JUDGED, {"day": day}).fetchone()


def without_weather(shop):
    import duckdb
    with duckdb.connect(str(shop / "shop.duckdb")) as connection:
        connection.execute("DELETE FROM data.weather")


def compare(name, data, origins):
    rows, found = [], {}
    with common.scratch() as folder:
        first = shop_of(name, data, folder)
        common.suanpan("settings", "set", first, "demand.by_place", "on", "--reason", "bench")
        days = shops.days_of(first, origins)
        for variant in ("as it is", "without weather") if name in ("walmart", "world") else ("as it is",):
            shop = folder / variant
            shutil.copytree(first, shop)
            if variant == "without weather":
                without_weather(shop)
            ran = [common.suanpan("demand", "run", shop, "--as-of", day, "--json") for day in days]
            judged = [judge(shop, day) for day in days]
            total = [sum(float(one[k]) for one in judged) for k in range(11)]
            share = lambda k: total[k] / total[1]
            last = ran[-1].json()
            rows.append([variant, int(total[0] / origins), *map(share, range(2, 6)), total[6] / origins, *map(share, range(7, 10)),
                         total[10] / origins, last["spread"], "sums" if last["bottom_up"] else "items", max(one.seconds for one in ran),
                         max(one.mib for one in ran)])
            found[variant] = {"judged": [[float(value) for value in one] for one in judged],
                              "seconds": [one.seconds for one in ran], "mib": max(one.mib for one in ran)}
    common.print_table(f"{name}: {origins} windows of two weeks from {days[0]} to {days[-1]}, WAPE",
                       ["shop", "item-places", "served", "places' own", "by shares", "naive", "in 90 %", "items served",
                        "items' own", "sums", "boosted", "spread", "chosen", "longest run, s", "MiB"], rows)
    return {"days": [str(day) for day in days], **found}


if __name__ == "__main__":
    shops.command(__doc__, "places", "walmart,store_item,dominicks,world", compare)
