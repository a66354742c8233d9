#!/usr/bin/env python3
"""Items most like each by hashed pieces of their titles, and with a model of titles or pictures: the share of the five most like that
are of the same kind, which no method is told.

usage: likeness.py [--set fashion|reviews] [--text FOLDER]… [--picture FOLDER|pixels]…
   fashion: 800 garments with photographs, kinds are article types; reviews: 3,000 Chinese reviews, kinds are what they are of
   pixels: no network, the picture itself at 24 x 24 points"""

import argparse
import collections
import csv
import io
import pathlib
import random
import sys
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent)]
import common
import duckdb

DAY, NEAR, SEED = "2026-03-02", 5, 1


def data(name):
    for file in [place / "shared/data" / name for place in (common.ROOT, common.ROOT.parent)]:
        if file.is_file():
            return file
    sys.exit(f"there is no {name} in shared/data")


def fashion(shop):
    """Items as (id, title, picture), and the kind of each."""
    zipfile.ZipFile(data("fashion_products/images.zip")).extractall(shop)
    (shop / "images").rename(shop / "pictures")
    with open(data("fashion_products/styles.csv"), newline="") as stream:
        rows = list(csv.DictReader(stream))
    return ([(row["id"], row["productDisplayName"], f"pictures/{row['id']}.jpg") for row in rows],
            {row["id"]: row["articleType"] for row in rows})


def reviews(shop):
    del shop
    archive = zipfile.ZipFile(data("chinese_reviews/online_shopping_10_cats.zip"))
    stream = io.TextIOWrapper(archive.open(archive.namelist()[0]), "utf-8", newline="")
    rows = [row for row in csv.DictReader(stream) if row["review"]]
    drawn = random.Random(SEED).sample(rows, 3000)
    return ([(str(i), row["review"][:80], "") for i, row in enumerate(drawn)],
            {str(i): row["cat"] for i, row in enumerate(drawn)})


def varint(value):
    return bytes([value]) if value < 128 else bytes([value & 127 | 128]) + varint(value >> 7)


def part(field, content):
    content = content.encode() if isinstance(content, str) else content
    return varint(field << 3 | 2) + varint(len(content)) + content


def write_pixels(folder, side=24):
    """A network in the ONNX format, by the field numbers of onnx.proto, that gives the picture as it is."""
    whole = lambda field, value: varint(field << 3) + varint(value)
    sides = lambda shape: b"".join(part(1, whole(1, s) if s else part(2, "any")) for s in shape)
    port = lambda name, shape: part(1, name) + part(2, part(1, whole(1, 1) + part(2, sides(shape))))
    graph = (part(1, part(1, "picture") + part(2, "embedding") + part(4, "Flatten")) + part(2, "pixels")
             + part(11, port("picture", [0, 3, side, side])) + part(12, port("embedding", [0, 3 * side * side])))
    folder.mkdir()
    (folder / "model.onnx").write_bytes(whole(1, 8) + part(7, graph) + part(8, part(1, "") + whole(2, 13)))
    return folder


def new_shop(folder, make_items):
    common.suanpan("init", folder, "--mapping", HERE / "likeness.yaml")
    items, kinds = make_items(folder)
    files = [common.write_rows(folder.parent / "items.csv", ["item", "title", "picture"], items),
             common.write_rows(folder.parent / "sales.csv", ["item", "day", "units"],
                               [(item, "2026-03-01", 1) for item, *_ in items])]
    common.suanpan("load", folder, *files)
    return kinds


def same_kind(shop, kinds):
    with duckdb.connect(str(shop / "shop.duckdb"), read_only=True) as connection:
        rows = connection.execute("SELECT item_id, other_id FROM selection.neighbour_latest WHERE place <= ?", [NEAR]).fetchall()
    assert len(rows) == NEAR * len(kinds), len(rows)
    return sum(kinds[item] == kinds[other] for item, other in rows) / len(rows)


def measure(shop, settings, kinds, text, picture):
    named = [(kind, folder) for kind, folder in (("text", text), ("picture", picture)) if folder]
    lines = "".join(f"  selection.{kind}_model: {folder}\n" for kind, folder in named)
    (shop / "shop.yaml").write_text(settings.replace("\noptions:\n", "\noptions:\n" + lines))
    vectorise = lambda: common.suanpan("selection", "vectorise", shop, "--as-of", DAY, "--neighbours", NEAR, "--json")
    first, again = vectorise(), vectorise()
    reply = first.json()
    return {"text": pathlib.Path(text).name if text else "", "picture": pathlib.Path(picture).name if picture else "",
            "same_kind": same_kind(shop, kinds), "dimensions": reply["dimensions"], "embedded": reply["embedded"],
            "seconds": first.seconds, "again": again.seconds, "mib": first.mib}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=["fashion", "reviews"], default="fashion")
    parser.add_argument("--text", action="append", default=[])
    parser.add_argument("--picture", action="append", default=[])
    options = parser.parse_args()
    with common.scratch() as scratch:
        shop = scratch / "shop"
        kinds = new_shop(shop, {"fashion": fashion, "reviews": reviews}[options.set])
        settings = (shop / "shop.yaml").read_text()
        pictures = [write_pixels(scratch / "pixels") if p == "pixels" else pathlib.Path(p).resolve() for p in options.picture]
        texts = [pathlib.Path(t).resolve() for t in options.text]
        chance = sum((n / len(kinds)) ** 2 for n in collections.Counter(kinds.values()).values())
        print(f"{len(kinds)} items of {len(set(kinds.values()))} kinds; by chance {chance:.3f} of the {NEAR} most like are of the same kind")
        found = [measure(shop, settings, kinds, text, picture) for text in ["", *texts] for picture in ["", *pictures]]
    for m in found:
        name = " + ".join(filter(None, ["hashed words", m["text"], m["picture"]]))
        print(f"  {m['same_kind']:.3f}  {name:40s} {m['dimensions']} dimensions; {m['seconds']:.1f} s with {m['embedded']} new "
              f"contents, {m['again']:.1f} s without; {m['mib']:.0f} MiB")
    common.save("selection_likeness", {"about": common.about(), "set": options.set, "chance": chance, "found": found})


if __name__ == "__main__":
    main()
