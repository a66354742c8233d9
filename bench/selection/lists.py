#!/usr/bin/env python3
"""Lists on past mornings of further data, every method on the same mornings: last 4 weeks' revenue, last year's same weeks, a buyer's rules,
single XGBoost, single LightGBM, CatBoost (PyPI), random, and ours.

usage: run --lists SET… [--origins N] [--data FOLDER] [--no-catboost] [--forecasts N]   SET: retail, walmart, rossmann, world
--forecasts: the daily loop's forecasts of N Mondays before the end, and what a Prophet-like model and an LSTM say on them, are made first,
as a shop would have them that had run so long; they are features of the lists then (each from its own morning on).

CatBoost has the program's own features and days to learn from, written by `selection lessons`; its rows of "last 4 weeks" are compared with
the program's, so that both judge alike."""

import argparse
import datetime
import json
import pathlib
import random
import statistics
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]
import common
import prepare
from shoppers import peers_python, shared

HORIZON, STEP = 28, 14
TOPS = {"retail": [50, 100, 200], "walmart": [50, 100, 200], "rossmann": [50, 100], "world": [25, 50, 100]}


def shop_of(name, data, folder):
    shop = folder / "shop"
    if name == "world":
        common.suanpan("demo", "--shop", shop, "--no-serve")
        return shop
    if name == "retail":
        return common.new_shop(shop, data / "online_retail/online_retail.csv.gz")
    files = {"walmart": prepare.walmart, "rossmann": prepare.rossmann}[name](data, folder)
    common.suanpan("init", shop, "--mapping", HERE / f"{name}.yaml")
    common.suanpan("load", shop, *files)
    return shop


def forecast(shop, mondays):
    import duckdb
    with duckdb.connect(str(shop / "shop.duckdb"), read_only=True) as connection:
        last = connection.execute("SELECT last_day FROM data.span").fetchone()[0]
    newest = last - datetime.timedelta(last.weekday())
    for ago in reversed(range(mondays)):
        common.suanpan("demand", "run", shop, "--as-of", newest - datetime.timedelta(7 * ago))
    if mondays > 0:
        common.suanpan("demand", "signals", shop, "--as-of", newest, "--mornings", mondays)


def bootstrap(values, below=None, draws=2000):
    """Mean, or ratio of two means, and 95 % by the percentile bootstrap over origins."""
    draw, count = random.Random(1), len(values)
    def of(places):
        above = sum(values[p] for p in places)
        under = sum(below[p] for p in places) if below else count
        return above / under if under > 0 else 0
    found = sorted(of([draw.randrange(count) for _ in range(count)]) for _ in range(draws))
    return [of(range(count)), found[draws * 25 // 1000], found[draws * 975 // 1000 - 1]]


def catboost_rows(shop, reply, tops, origins):
    lessons = common.suanpan("selection", "lessons", shop, "--origins", origins, "--horizon", HORIZON, "--step", STEP, "--json").json()
    folder = shop / lessons["folder"]
    (folder / "columns.json").write_text(json.dumps(lessons["columns"]))
    days = [origin["day"] for origin in reply["origins"]]
    ran = common.Ran([peers_python(), HERE / "lists_peer.py", folder, ",".join(days), ",".join(map(str, tops)), HORIZON])
    rows = json.loads(ran.out)
    ours = {(row["day"], row["top"]): row for row in reply["rows"] if row["method"] == "last 4 weeks"}
    for row in rows:
        if row["method"] == "last 4 weeks":
            theirs = ours[row["day"], row["top"]]
            if any(abs(row[name] - theirs[name]) > 1e-6 for name in ("precision", "recall", "captured")):
                sys.exit(f"the two judges differ: {row} {theirs}")
    return [row for row in rows if row["method"] == "catboost"], ran


def summaries(rows, tops):
    for top in tops:
        buyer = {row["day"]: row["precision"] for row in rows if row["top"] == top and row["method"] == "buyer's rules"}
        for method in sorted({row["method"] for row in rows}):
            mine = sorted((row for row in rows if row["top"] == top and row["method"] == method), key=lambda row: row["day"])
            yield {"top": top, "method": method, "origins": len(mine),
                   **{name: bootstrap([row[name] for row in mine]) for name in ("precision", "recall", "captured")},
                   "to_buyer": bootstrap([row["precision"] for row in mine], [buyer[row["day"]] for row in mine])}


def table(found):
    names = ["precision", "recall", "captured", "to_buyer"]
    cell = lambda value: f"{value[0]:.3f} [{value[1]:.3f}, {value[2]:.3f}]"
    rows = [[f"{one['top']} {one['method']}", str(one["origins"]), *[cell(one[name]) for name in names]]
            for one in sorted(found, key=lambda one: (one["top"], -one["precision"][0]))]
    common.print_table("", ["top, method", "origins", *names], rows)


def measure(name, data, options):
    tops = TOPS[name]
    with common.scratch() as folder:
        shop = shop_of(name, data, folder)
        forecast(shop, options.forecasts)
        ran = common.suanpan("selection", "backtest", shop, "--origins", options.origins, "--horizon", HORIZON, "--step", STEP,
                             "--top", ",".join(map(str, tops)), "--json")
        reply, peer = ran.json(), None
        rows = reply["rows"]
        if not options.no_catboost:
            more, peer = catboost_rows(shop, reply, tops, options.origins)
            rows = rows + more
    found = list(summaries(rows, tops))
    days = [origin["day"] for origin in reply["origins"]]
    items = statistics.mean(origin["candidates"] for origin in reply["origins"])
    print(f"\n{name}: {len(days)} origins, {days[0]} to {days[-1]}, {items:.0f} items; {reply['features']} features; ours {ran.seconds:.0f} s, "
          f"{ran.mib:.0f} MiB" + (f"; CatBoost {peer.seconds:.0f} s" if peer else ""))
    table(found)
    return {"set": name, "origins": days, "items": items, "methods": found, "seconds": ran.seconds, "mib": ran.mib,
            "weights": reply["origins"], "rows": rows}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", choices=list(TOPS))
    parser.add_argument("--origins", type=int, default=12)
    parser.add_argument("--data", type=pathlib.Path)
    parser.add_argument("--no-catboost", action="store_true")
    parser.add_argument("--forecasts", type=int, default=0)
    options = parser.parse_args()
    about, data = common.about(), options.data or shared("data")
    for name in options.sets:
        common.save(f"selection_lists_{name}", {"about": about, **measure(name, data, options)})


main()
