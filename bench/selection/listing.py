#!/usr/bin/env python3
"""A competitor's listing of generated rows whose true items are known is matched to Online Retail's items: half by code, the rest by titles with
a word left out, a word more, or words of another order; a tenth is of nothing the shop has.

usage: listing.py FILE [--rows N]   FILE is online_retail.csv.gz"""

import argparse
import csv
import pathlib
import random
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent)]
import common
import duckdb

ITEMS = """SELECT item_id, title, median(o.unit_price) FROM data.product JOIN data.order_line AS o USING (item_id)
           WHERE title <> '' AND o.unit_price > 0 GROUP BY ALL ORDER BY item_id"""

SEED = 1


def changed(words, draw):
    way = draw.randrange(3)
    if way == 0 and len(words) > 3:
        words.pop(draw.randrange(len(words)))
    elif way == 1:
        words.append(draw.choice(["NEW", "OFFER", "2024", "ORIGINAL"]))
    else:
        draw.shuffle(words)
    return " ".join(words)


def write(file, items, rows):
    draw, truth = random.Random(SEED), []
    with open(file, "w", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(["code", "title", "price"])
        for row in range(rows):
            item = draw.choice(items)
            price = item["unit_price"] / 100 * draw.uniform(0.8, 1.25)
            if row % 10 == 9:
                title = " ".join("".join(draw.choices("BCDFGKLMNPRST", k=6)) for _ in range(5))
                out.writerow([f"n{row}", title, f"{price:.2f}"])
                truth.append("")
            elif row % 2 == 0:
                out.writerow([item["item_id"], "", f"{price:.2f}"])
                truth.append(item["item_id"])
            else:
                out.writerow([f"n{row}", changed(item["title"].split(), draw), f"{price:.2f}"])
                truth.append(item["item_id"])
    return truth


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?")
    parser.add_argument("--rows", type=int, default=1_000_000)
    options = parser.parse_args()
    about = common.about()
    with common.scratch() as scratch:
        shop = common.new_shop(scratch / "shop", common.retail_file([options.file] if options.file else []))
        with duckdb.connect(str(shop / "shop.duckdb"), read_only=True) as store:
            items = [dict(zip(("item_id", "title", "unit_price"), row)) for row in store.execute(ITEMS).fetchall()]
        truth = write(scratch / "listing.csv", items, options.rows)
        ran = common.suanpan("selection", "match", shop, scratch / "listing.csv", "--competitor", "acme", "--day", "2011-11-14",
                             "--json")
        reply = ran.json()
        with duckdb.connect(str(shop / "shop.duckdb"), read_only=True) as store:
            found = {key: (item, state) for key, item, state in store.execute(
                "SELECT offer_key, item_id, state FROM selection.rival_offer WHERE how <> 'code'").fetchall()}
    known = sum(item != "" for item in truth)
    titled = [(truth[row], *found[f"n{row}"]) for row in range(len(truth)) if f"n{row}" in found]
    sure = [item == real for real, item, state in titled if state == "matched"]
    real = [(item == true, state) for true, item, state in titled if true]
    precision, recall = sum(sure) / len(sure), sum(right and state == "matched" for right, state in real) / len(real)
    asked = sum(right and state == "waiting" for right, state in real) / len(real)
    print(f"\n{reply['read']} rows, {len(items)} items, seed {SEED}: {ran.seconds:.1f} s, {ran.cpu:.1f} processor seconds, {ran.mib:.0f} MiB; "
          f"{known} rows have an item; by code {reply['by_code']}, by title {reply['by_title']}, waiting {reply['waiting']}, none {reply['none']}\n"
          f"by title: precision {precision:.4f}, recall {recall:.4f}, right but asked about {asked:.4f}")
    common.save("selection_listing", {"about": about, "reply": reply, "known": known, "precision": precision, "recall": recall, "asked": asked, "seconds": ran.seconds, "cpu": ran.cpu,
                                      "mib": ran.mib})


if __name__ == "__main__":
    main()
