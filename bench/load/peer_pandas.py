"""The peer of bench/load: what examples/online_retail.yaml asks for, written as a careful pandas script.

usage: peer_pandas.py FILE OUT.duckdb; prints its counts as JSON. pandas cleans, and duckdb makes the tables durable.
"""

import json
import sys
import time

started = time.perf_counter()

import duckdb
import pandas as pd

KEEP = ["source_line", "item_id", "customer_id", "place_id", "quantity", "unit_price", "day"]


def read(file):
    raw = pd.read_csv(file, dtype=str, keep_default_na=False, na_values=["", "Unknown"], encoding="utf-8")
    raw.insert(0, "source_line", range(2, len(raw) + 2))
    return raw


def typed(raw):
    """The columns of the canonical tables; instants are UTC, amounts are pence, days are the shop's."""
    local = pd.to_datetime(raw.InvoiceDate, format="%Y-%m-%d %H:%M:%S", errors="coerce")
    instant = local.dt.tz_localize("Europe/London", ambiguous=False, nonexistent="shift_forward").dt.tz_convert("UTC")
    item = raw.StockCode.str.strip().str.upper()
    return pd.DataFrame({
        "source_line": raw.source_line,
        "id": raw.InvoiceNo,
        "item_id": item,
        "title": raw.Description.str.strip(" "),
        "quantity": pd.to_numeric(raw.Quantity, errors="coerce").astype("Int64"),
        "unit_price": (pd.to_numeric(raw.UnitPrice, errors="coerce") * 100).round().astype("Int64"),
        "instant": instant,
        "day": local.dt.normalize(),
        "customer_id": raw.CustomerID,
        "place_id": raw.Country,
        "product": item.str.fullmatch("[0-9]{5}[A-Z]*"),
    })


def quarantine(raw, chosen, rule, reason):
    rows = raw[chosen]
    texts = rows.drop(columns="source_line").to_json(orient="records", lines=True).splitlines()[:len(rows)]
    return pd.DataFrame({"source_line": rows.source_line, "rule": rule, "reason": reason, "raw": texts})


def judge(raw, rows):
    """Who goes where: masks of order lines and returns, the quarantine, and how many rows were mended."""
    duplicate = raw.duplicated(subset=list(raw.columns[1:]))
    cancelled = raw.InvoiceNo.str.startswith("C")
    order = ~duplicate & ~cancelled
    needed = raw.InvoiceNo.isna() | raw.StockCode.isna() | rows.instant.isna() | rows.quantity.isna()
    unreadable = ~duplicate & (needed | rows.unit_price.isna())
    adjustment = order & ~unreadable & (rows.quantity <= 0)
    no_price = order & ~unreadable & ~adjustment & (rows.unit_price <= 0)
    no_quantity = ~duplicate & cancelled & ~unreadable & (rows.quantity >= 0)
    aside = pd.concat([
        quarantine(raw, duplicate, "duplicate", "an earlier line of the file is the same in every column"),
        quarantine(raw, unreadable, "unreadable", "a field that is needed is missing or does not fit"),
        quarantine(raw, adjustment, "stock adjustment", "a negative quantity corrects the stock; it is no sale"),
        quarantine(raw, no_price, "no price", "a sample, a loss or an adjustment; it is no sale"),
        quarantine(raw, no_quantity, "cancellation without quantity", "nothing is taken back"),
    ])
    good = order & ~unreadable & ~adjustment & ~no_price
    back = ~duplicate & cancelled & ~unreadable & ~no_quantity
    mended = good & ((rows.item_id != raw.StockCode) | ((rows.title != raw.Description) & raw.Description.notna()))
    return good, back, aside, int(mended.sum())


def order_lines(rows):
    lines = rows[KEEP].assign(order_id=rows.id, ordered_at=rows.instant)
    return lines.assign(line=rows.groupby("id").cumcount() + 1, cancelled_quantity=0)


def returns(rows):
    lines = rows[KEEP].assign(return_id=rows.id, returned_at=rows.instant, quantity=-rows.quantity)
    return lines.assign(line=rows.groupby("id").cumcount() + 1)


def match(orders, back):
    """Each return with the latest earlier order line of its customer and item, if that had at least as many."""
    left = back[back.customer_id.notna()].sort_values("returned_at", kind="stable")
    right = orders.loc[orders.customer_id.notna(),
                       ["customer_id", "item_id", "ordered_at", "quantity", "order_id", "line"]]
    right = right.sort_values("ordered_at", kind="stable").rename(
        columns={"quantity": "ordered", "line": "order_line"})
    found = pd.merge_asof(left, right, left_on="returned_at", right_on="ordered_at", by=["customer_id", "item_id"])
    found = found[found.order_id.notna() & (found.ordered >= found.quantity)]
    back = back.merge(found[["return_id", "line", "order_id", "order_line"]], on=["return_id", "line"], how="left")
    never = found[(found.ordered == found.quantity) & (found.returned_at <= found.ordered_at + pd.Timedelta(days=2))]
    keys = never[["order_id", "order_line"]].drop_duplicates().rename(columns={"order_line": "line"})
    hit = orders.merge(keys.assign(hit=True), on=["order_id", "line"], how="left").hit.notna().to_numpy()
    return orders.assign(cancelled_quantity=orders.quantity.where(hit, 0)), back


def items(rows):
    counts = rows[rows.title.notna()].groupby(["item_id", "title"], sort=False).size().reset_index(name="n")
    titles = counts.sort_values("n", kind="stable").drop_duplicates("item_id", keep="last").set_index("item_id").title
    known = rows.groupby("item_id", sort=False).agg(
        product=("product", "any"), unit_price=("unit_price", "last"), source_line=("source_line", "min"))
    return known.assign(title=titles).reset_index()


def first_seen(rows, key):
    return rows[rows[key].notna()].groupby(key, sort=False).source_line.min().reset_index()


def write(file, tables):
    """One transaction, and a checkpoint so that all is in the one file at the end."""
    with duckdb.connect(file) as connection:
        connection.execute("SET TimeZone = 'UTC'; BEGIN")
        for name, frame in tables.items():
            connection.register("frame", frame)
            days = " REPLACE (CAST(day AS DATE) AS day)" if "day" in frame else ""
            connection.execute(f"CREATE TABLE {name} AS SELECT *{days} FROM frame")
            connection.unregister("frame")
        connection.execute("COMMIT; CHECKPOINT")


def main(file, out):
    raw = read(file)
    rows = typed(raw)
    good, back, aside, mended = judge(raw, rows)
    sold = rows[good]
    orders, returned = match(order_lines(sold), returns(rows[back]))
    tables = {"order_line": orders, "return_line": returned, "item": items(sold),
              "customer": first_seen(sold, "customer_id"), "place": first_seen(sold, "place_id"), "quarantine": aside}
    write(out, tables)
    counts = {name: len(frame) for name, frame in tables.items()}
    counts |= {f"quarantine: {rule}": int(n) for rule, n in aside.rule.value_counts().items()}
    counts |= {"read": len(raw), "matched returns": int(returned.order_id.notna().sum()),
               "cancelled units": int(orders.cancelled_quantity.sum())}
    print(json.dumps({"counts": counts, "mended": mended, "seconds": time.perf_counter() - started}))


main(*sys.argv[1:])
