#!/usr/bin/env python3
"""A morning's scores of very many items: ours beside polars, LightGBM and XGBoost in Python, from the same order lines.

usage: run --scale [--items N…] [--days N] [--seed N] [--no-peer]

Both sides have their models already. Ours reads its store and scores every item; the peer reads the exported Parquet, counts 100 and more
features an item with polars, and asks four models of as many trees. Neither says why within the time that is compared."""

import argparse
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE), str(HERE.parent / "daily")]
import common
from shoppers import peers_python

MAPPING = common.ROOT / "bench/data/mapping.yaml"
# Each item is ordered on about one day in twenty; what sells more has the smaller number in its ten.
MADE = """
SELECT printf('o%d-%d', d, i // 4) AS order_id, 1 + i % 4 AS line, printf('i%07d', i) AS item_id,
       printf('c%d', (i * 7 + d) % 50000) AS customer_id,
       strftime(TIMESTAMP '2024-01-01' + INTERVAL (d) DAY + INTERVAL (i % 1440) MINUTE, '%Y-%m-%d %H:%M:%S') AS ordered_at,
       1 + hash(i * 100003 + d, {seed} + 1) % (1 + i % 5) AS quantity, round(1 + (i % 997) / 10.0, 2) AS unit_price
FROM range({items}) AS t(i), range({days}) AS u(d)
WHERE hash(i * 100003 + d, {seed}) % (10 + 2 * (i % 10)) = 0
ORDER BY d, i
"""
LEARNED, SCORED = "2025-01-28", "2025-02-04"


def make(file, items, options):
    import duckdb
    with duckdb.connect() as connection:
        made = MADE.format(items=items, days=options.days, seed=options.seed)
        connection.execute(f"COPY ({made}) TO '{file}' (HEADER, DELIMITER ',')")
        return connection.execute(f"SELECT count(*) FROM '{file}'").fetchone()[0]


def score(shop, day, *learn):
    ran = common.suanpan("selection", "run", shop, "--as-of", day, *learn, "--json")
    return {"seconds": ran.seconds, "cpu": ran.cpu, "mib": ran.mib, "stages": ran.json()["seconds"], "items": ran.json()["items"]}


def measure(items, options):
    with common.scratch() as folder:
        file, shop = folder / "lines.csv", folder / "shop"
        lines = make(file, items, options)
        common.suanpan("init", shop, "--mapping", MAPPING)
        common.suanpan("load", shop, file)
        file.unlink()
        learned = score(shop, LEARNED, "--learn", "always")
        scored = score(shop, SCORED, "--learn", "never")
        vectors = common.suanpan("selection", "vectorise", shop, "--as-of", SCORED, "--json")
        peer = None
        if not options.no_peer:
            tables = common.suanpan("data", "export", shop, "order_line", "--json").json()["folder"]
            ran = common.Ran([peers_python(), HERE / "scale_peer.py", tables, LEARNED, SCORED, folder / "scores.parquet"])
            peer = {"mib": ran.mib, **json.loads(ran.out.splitlines()[-1])}
    return {"items": items, "lines": lines, "learned": learned, "scored": scored, "peer": peer,
            "vectors": {"seconds": vectors.seconds, "mib": vectors.mib, "dimensions": vectors.json()["dimensions"]}}


def table(one):
    ours, peer = one["scored"], one["peer"]
    stages = ours["stages"]
    compared = ours["seconds"] - stages["reasons"]
    rows = [["from the store to stored scores, without reasons, s", compared, peer and peer["seconds"],
             peer and peer["seconds"] / compared],
            ["  read and put together by item, s", stages["read"], "", ""],
            ["  features, s", stages["features"], peer and peer["features"],
             peer and peer["features"] / (stages["read"] + stages["features"])],
            ["  models and their blend, s", stages["scores"], peer and peer["scores"],
             peer and peer["scores"] / stages["scores"]],
            ["  the list, storing, s", stages["list"] + stages["store"], peer and peer["store"], ""],
            ["reasons, s", stages["reasons"], "", ""], ["processor, s", ours["cpu"], "", ""],
            ["peak memory, MiB", ours["mib"], peer and peer["mib"], peer and peer["mib"] / ours["mib"]],
            ["learning, once in four weeks, s", one["learned"]["stages"]["model"], "", ""],
            [f"vectors of {one['vectors']['dimensions']} dimensions, stored, s", one["vectors"]["seconds"], "", ""]]
    common.print_table(f"{one['items']:,} items, {one['lines']:,} order lines; peers: {peer and peer['columns']} features an item",
                       ["", "ours", "Python", "Python / ours"], [["" if cell is None else cell for cell in row] for row in rows])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--days", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-peer", action="store_true")
    options = parser.parse_args()
    about, found = common.about(), []
    for items in options.items:
        found.append(measure(items, options))
        table(found[-1])
    if len(found) > 1:
        a, b = found[0], found[-1]
        growth = (b["scored"]["seconds"] / a["scored"]["seconds"]) / (b["items"] / a["items"])
        print(f"  {b['items'] / a['items']:g} times the items take {growth:.2f} times as long an item")
    common.save("selection_scale", {"about": about, "seed": options.seed, "runs": found})


main()
