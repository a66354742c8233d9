#!/usr/bin/env python3
"""A morning's scores of very many items: ours beside polars, LightGBM and XGBoost in Python, from the same order lines.

usage: run --scale [--items N…] [--days N] [--seed N] [--rounds N] [--no-peer]

Both sides have their models already, saved. Ours reads its store and scores every item; the peer reads the exported Parquet, counts 100
and more features an item with polars, and asks four models of as many trees. They take turns, a morning each, without reasons
(selection.most_explained is 0); the least of the rounds counts. Ours does more: returns and cancellations, orders' sizes, the linear
model, intervals, flags, the planned list, and 18 stored columns where the peer stores 2."""

import argparse
import datetime
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


def ask_peer(folder, tables, day):
    ran = common.Ran([peers_python(), HERE / "scale_peer.py", tables, LEARNED, day, folder / "scores.parquet", folder / "models"])
    return {"process": ran.seconds, "process_cpu": ran.cpu, "mib": ran.mib, **json.loads(ran.out.splitlines()[-1])}


def most_explained(shop, *command):
    common.suanpan("settings", *command[:1], shop, "selection.most_explained", *command[1:], "--reason", "bench")


def measure(items, options):
    with common.scratch() as folder:
        file, shop = folder / "lines.csv", folder / "shop"
        lines = make(file, items, options)
        common.suanpan("init", shop, "--mapping", MAPPING)
        common.suanpan("load", shop, file)
        file.unlink()
        most_explained(shop, "set", "0")
        learned = score(shop, LEARNED, "--learn", "always")
        ours, peer = [], []
        if not options.no_peer:
            tables = common.suanpan("data", "export", shop, "order_line", "--json").json()["folder"]
            ask_peer(folder, tables, SCORED)  # learns
        for turn in range(options.rounds):
            day = str(datetime.date.fromisoformat(SCORED) + datetime.timedelta(turn))
            ours.append(score(shop, day, "--learn", "never"))
            if not options.no_peer:
                peer.append(ask_peer(folder, tables, day))
        most_explained(shop, "reset")
        explained = score(shop, SCORED, "--learn", "never")
        vectors = common.suanpan("selection", "vectorise", shop, "--as-of", SCORED, "--json")
    return {"items": items, "lines": lines, "learned": learned, "scored": ours, "explained": explained, "peer": peer,
            "vectors": {"seconds": vectors.seconds, "mib": vectors.mib, "dimensions": vectors.json()["dimensions"]}}


def least(runs, of):
    return min(map(of, runs)) if runs else ""


def table(one):
    ours, peer = one["scored"], one["peer"]
    stages = lambda *names: lambda run: sum(run["stages"][name] for name in names)
    within = ("read", "features", "scores", "list", "reasons", "store")
    pairs = [("the process, from its start to its end, s", lambda run: run["seconds"], lambda run: run["process"]),
             ("  its processor seconds", lambda run: run["cpu"], lambda run: run["process_cpu"]),
             ("from the store to stored scores, program and models being loaded, s", stages(*within), lambda run: run["seconds"]),
             ("  read, put together by item, features, s", stages("read", "features"), lambda run: run["features"]),
             ("  models and their blend, s", stages("scores"), lambda run: run["scores"]),
             ("  the list, storing, s", stages("list", "reasons", "store"), lambda run: run["store"]),
             ("peak memory, MiB", lambda run: run["mib"], lambda run: run["mib"])]
    rows = []
    for name, of_ours, of_peer in pairs:
        a, b = least(ours, of_ours), least(peer, of_peer)
        rows.append([name, a, b, b / a if peer else ""])
    rows += [["  read and put together by item, s", least(ours, stages("read")), "", ""],
             ["Python's start and imports: s, processor s", "", f"{least(peer, lambda r: r['start']):.2f}, {least(peer, lambda r: r['start_cpu']):.2f}" if peer else "", ""],
             ["reasons of the best 20,000, s", one["explained"]["stages"]["reasons"], "", ""],
             ["peak memory with reasons, MiB", one["explained"]["mib"], "", ""],
             ["learning, once in four weeks, s", one["learned"]["stages"]["model"], "", ""],
             [f"vectors of {one['vectors']['dimensions']} dimensions, stored, s", one["vectors"]["seconds"], "", ""]]
    common.print_table(f"{one['items']:,} items, {one['lines']:,} order lines, the least of {len(ours)} rounds; peers: "
                       f"{peer and peer[0]['columns']} features an item", ["", "ours", "Python", "Python / ours"], rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--days", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-peer", action="store_true")
    options = parser.parse_args()
    about, found = common.about(), []
    for items in options.items:
        found.append(measure(items, options))
        table(found[-1])
    if len(found) > 1:
        a, b = found[0], found[-1]
        seconds = lambda one: least(one["scored"], lambda run: run["cpu"])
        growth = (seconds(b) / seconds(a)) / (b["items"] / a["items"])
        print(f"  {b['items'] / a['items']:g} times the items take {growth:.2f} times the processor time an item")
    common.save("selection_scale", {"about": about, "seed": options.seed, "runs": found})


main()
