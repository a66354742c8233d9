"""The daily loop's forecasts in whole shops, without the model of all items, with it, and with its challengers (TCN, LSTM, Prophet-like),
on days of the past: what the window of an order was forecast to sell, beside what it then sold.

usage: run DATA_FOLDER --shops [rossmann,dominicks,world] [--origins N]

rossmann: by days, a store is an item and a customer a unit; promotions, holidays and closed days are known ahead.
dominicks: by weeks, a juice in a store is an item; deals are promotions known ahead, prices are known of the past.
world: the simulated shop by weeks."""

import argparse
import datetime
import math
import pathlib
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent)]
import common

STEP = 14  # days between origins
LEVEL = 0.95  # of the quantile whose loss is shown
SETTINGS = {"off": {"demand.shared": "off"}, "on": {"demand.shared": "on"},
            "on, challenged": {"demand.shared": "on", "demand.challengers": "all"}}


def runs(days):
    """First and last of days in a row."""
    found = []
    for day in sorted(days):
        if found and (day - found[-1][1]).days == 1:
            found[-1][1] = day
        else:
            found.append([day, day])
    return found


def rossmann(data, folder):
    kinds = {row["Store"]: row for row in common.rows_of(data / "rossmann/store.csv")}
    sales, promoted, stores_open, holidays = [], {}, {}, {}
    for row in common.rows_of(data / "rossmann/sales.csv.gz"):
        day = datetime.date.fromisoformat(row["Date"])
        stores_open.setdefault(day, []).append(row["Open"] == "1")
        if row["StateHoliday"] != "0":
            holidays.setdefault(day, []).append(row["StateHoliday"])
        if row["Open"] == "1":
            sales.append((row["Store"], day, row["Customers"]))
        if row["Promo"] == "1":
            promoted.setdefault(row["Store"], set()).add(day)
    # A day on which nearly no store opens is closed for all.
    calendar = [(day, "holiday " + max(holidays[day]) if len(holidays.get(day, ())) > len(is_open) / 2 else "",
                 len(holidays.get(day, ())) > len(is_open) / 2, sum(is_open) < 0.05 * len(is_open))
                for day, is_open in sorted(stores_open.items())]
    promotions = [(f"{store} {first}", store, first, last, "") for store, days in promoted.items() for first, last in runs(days)]
    items = [(store, f"store {store}", f"type {row['StoreType']}") for store, row in kinds.items()]
    return [common.write_rows(folder / "items.csv", ["item", "title", "category"], items),
            common.write_rows(folder / "sales.csv", ["item", "day", "units"], sales),
            common.write_rows(folder / "promotions.csv", ["promotion", "item", "from", "to", "discount"], promotions),
            common.write_rows(folder / "calendar.csv", ["day", "title", "holiday", "closed"],
                              [row for row in calendar if row[2] or row[3]])]


def dominicks(data, folder):
    """Weeks begin on Thursday, 1989-09-14; they are moved to the Monday before, where the program's weeks begin."""
    sizes = [64, 96, 64, 64, 64, 96, 64, 64, 64, 64, 128]
    items, sales, promotions, prices = {}, [], [], []
    for row in common.rows_of(data / "dominicks_orange_juice/oj_sales.csv.gz"):
        item, brand = f"{row['store']}-{row['brand']}", int(row["brand"])
        monday = datetime.date(1989, 9, 11) + datetime.timedelta(7 * (int(row["week"]) - 1))
        items[item] = (item, f"juice {brand} in store {row['store']}", f"juice {brand}")
        sales.append((item, monday, round(math.exp(float(row["logmove"])))))
        price = float(row[f"price{brand}"]) * sizes[brand - 1]
        prices.append((item, monday, f"{price:.2f}"))
        # A deal in the store, an advertisement in the paper, or both: told apart as the discount.
        strength = float(row["deal"]) + 2 * float(row["feat"])
        if strength > 0:
            promotions.append((f"{item} {monday}", item, monday, monday + datetime.timedelta(6), f"{strength / 10:.3f}"))
    return [common.write_rows(folder / "items.csv", ["item", "title", "category"], items.values()),
            common.write_rows(folder / "sales.csv", ["item", "day", "units"], sales),
            common.write_rows(folder / "promotions.csv", ["promotion", "item", "from", "to", "discount"], promotions),
            common.write_rows(folder / "prices.csv", ["item", "day", "price"], prices)]


def shop_of(name, data, folder):
    shop = folder / "shop"
    if name == "world":
        common.suanpan("demo", "--shop", shop, "--no-serve")
        return shop
    files = {"rossmann": rossmann, "dominicks": dominicks}[name](data, folder)
    common.suanpan("init", shop, "--mapping", HERE / "shops.yaml")
    common.suanpan("load", shop, *files)
    common.suanpan("settings", "set", shop, "demand.period", "day" if name == "rossmann" else "week", "--reason", "bench")
    return shop


def pinball(units, quantile):
    return max(LEVEL * (units - quantile), (LEVEL - 1) * (units - quantile))


def judge(shop, day):
    """Of the forecasts made for the day: units sold and forecast, absolute error, the seasonal naive's, pinball loss, windows held."""
    import duckdb
    with duckdb.connect(str(shop / "shop.duckdb"), read_only=True) as connection:
        rows = connection.execute("""
            SELECT f.window_mean, f.baseline_mean, f.window_quantiles[list_position(f.levels, ?)],
                   f.window_quantiles[list_position(f.levels, 0.05)], coalesce(sum(s.units), 0), f.method
            FROM demand.forecast AS f
            LEFT JOIN data.sales_daily AS s ON s.item_id = f.item_id AND s.day >= f.first_period
                AND s.day < f.first_period + CAST(f.window_periods * f.period_days AS INTEGER)
            WHERE f.as_of = ?
            GROUP BY ALL""", [LEVEL, day]).fetchall()
    return {"units": sum(row[4] for row in rows), "error": sum(abs(row[0] - row[4]) for row in rows),
            "forecast": sum(row[0] for row in rows), "naive": sum(abs(row[1] - row[4]) for row in rows),
            "pinball": sum(pinball(row[4], row[2]) for row in rows),
            "held": sum(row[3] <= row[4] <= row[2] for row in rows) / max(1, len(rows)),
            "items": len(rows), "boosted": sum(row[5].startswith("boosted") for row in rows),
            "challenged": sum(any(name in row[5].split(" and ") for name in ("tcn", "lstm", "prophet")) for row in rows)}


def days_of(shop, origins):
    import duckdb
    with duckdb.connect(str(shop / "shop.duckdb"), read_only=True) as connection:
        monday = connection.execute("SELECT last_day FROM data.span").fetchone()[0] + datetime.timedelta(1)
    monday -= datetime.timedelta(monday.weekday())
    return [monday - datetime.timedelta(STEP * (origin + 1)) for origin in reversed(range(origins))]


def compare(name, data, origins):
    with common.scratch() as folder:
        first = shop_of(name, data, folder)
        days, rows, found = days_of(first, origins), [], {}
        for setting, options in SETTINGS.items():
            shop = folder / setting.replace(" ", "_")
            shutil.copytree(first, shop)
            for option, value in options.items():
                common.suanpan("settings", "set", shop, option, value, "--reason", "bench")
            ran, judged = [], []
            for day in days:
                ran.append(common.suanpan("demand", "run", shop, "--as-of", day, "--json"))
                judged.append(judge(shop, day))
            total = {key: sum(one[key] for one in judged) for key in judged[0]}
            found[setting] = {"judged": judged, "seconds": [one.seconds for one in ran], "runs": [one.json() for one in ran]}
            share = lambda key: total[key] / total["units"]
            rows.append([setting, share("error"), share("naive"), share("pinball"), share("forecast") - 1,
                         total["held"] / len(days), total["boosted"] / total["items"], total["challenged"] / total["items"],
                         max(one.seconds for one in ran), min(one.seconds for one in ran), max(one.mib for one in ran)])
    for setting, ones in found.items():
        print(f"{setting}: learned {[run['shared'] for run in ones['runs']]}")
    common.print_table(f"{name}: {len(days)} windows of two weeks from {days[0]} to {days[-1]}, {judged[0]['items']} items",
                       ["model of all items", "WAPE", "seasonal naive's", f"pinball {LEVEL}", "bias", "within 90 %", "served by trees", "by challengers",
                        "longest run, s", "shortest", "MiB"], rows)
    return {"days": [str(day) for day in days], **found}


def command(doc, option, sets, compare):
    """Runs what compares a set over so many origins, for the sets that --OPTION names."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument(f"--{option}", nargs="?", const=sets, required=True)
    parser.add_argument("--origins", type=int, default=6)
    options = parser.parse_args()
    common.save(f"demand_{option}", {"about": common.about(), **{name: compare(name, options.data, options.origins)
                                                                 for name in getattr(options, option).split(",")}})


if __name__ == "__main__":
    command(__doc__, "shops", "rossmann,dominicks,world", compare)
