"""The peer of bench/data retail: what examples/online_retail.yaml asks for, written as a careful polars script.

usage: peer_polars.py FILE OUT.duckdb; polars cleans, with all cores, and duckdb makes the tables durable."""

import os
import sys

import duckdb
import polars as pl

COLUMNS = ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"]
KEEP = ["source_line", "item_id", "customer_id", "place_id", "quantity", "unit_price", "day"]


def read(file):
    raw = pl.read_csv(file, infer_schema=False, null_values=["", "Unknown"])
    return raw.with_row_index("source_line", offset=2)


def typed(raw):
    """Instants are UTC, amounts are pence, days are the shop's."""
    local = pl.col("InvoiceDate").str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False)
    item = pl.col("StockCode").str.strip_chars().str.to_uppercase()
    return raw.select(
        "source_line", "InvoiceNo", id=pl.col("InvoiceNo"), item_id=item, raw_item=pl.col("StockCode"),
        title=pl.col("Description").str.strip_chars(" "),
        quantity=pl.col("Quantity").cast(pl.Int64, strict=False),
        unit_price=(pl.col("UnitPrice").cast(pl.Float64, strict=False) * 100).round().cast(pl.Int64),
        instant=local.dt.replace_time_zone("Europe/London", ambiguous="latest", non_existent="null")
        .dt.convert_time_zone("UTC"),
        day=local.dt.date(), customer_id=pl.col("CustomerID"), place_id=pl.col("Country"),
        product=item.str.contains("^[0-9]{5}[A-Z]*$"))


def judge(raw, rows):
    """The rows with what becomes of each: order, back or the rule that sets it aside."""
    later = ~raw.select(pl.struct(COLUMNS).is_first_distinct()).to_series()
    needed = pl.any_horizontal(pl.col(name).is_null() for name in ("id", "item_id", "instant", "quantity", "unit_price"))
    cancelled = pl.col("id").str.starts_with("C")
    return rows.with_columns(duplicate=later).with_columns(
        fate=pl.when("duplicate").then(pl.lit("duplicate")).when(needed).then(pl.lit("unreadable"))
        .when(cancelled & (pl.col("quantity") >= 0)).then(pl.lit("cancellation without quantity"))
        .when(cancelled).then(pl.lit("back")).when(pl.col("quantity") <= 0).then(pl.lit("stock adjustment"))
        .when(pl.col("unit_price") <= 0).then(pl.lit("no price")).otherwise(pl.lit("order")))


def numbered(rows, key):
    return rows.with_columns(line=pl.int_range(pl.len()).over(key) + 1)


def match(orders, back):
    """Each return with the latest earlier order line of its customer and item, if that had at least as many."""
    left = back.filter(pl.col("customer_id").is_not_null()).sort("returned_at", maintain_order=True)
    right = orders.filter(pl.col("customer_id").is_not_null()).sort("ordered_at", maintain_order=True).select(
        "customer_id", "item_id", "ordered_at", "order_id", ordered="quantity", order_line="line")
    found = left.join_asof(right, left_on="returned_at", right_on="ordered_at", by=["customer_id", "item_id"])
    found = found.filter(pl.col("order_id").is_not_null() & (pl.col("ordered") >= pl.col("quantity")))
    never = found.filter((pl.col("ordered") == pl.col("quantity")) &
                         (pl.col("returned_at") <= pl.col("ordered_at") + pl.duration(days=2)))
    never = never.select("order_id", line="order_line").unique().with_columns(hit=True)
    back = back.join(found.select("return_id", "line", "order_id", "order_line"), on=["return_id", "line"], how="left")
    orders = orders.join(never, on=["order_id", "line"], how="left").with_columns(
        cancelled_quantity=pl.when("hit").then("quantity").otherwise(0)).drop("hit")
    return orders, back


def items(rows):
    titles = rows.filter(pl.col("title").is_not_null()).group_by("item_id", "title").agg(
        n=pl.len(), last=pl.col("source_line").max()).sort("n", "last").unique("item_id", keep="last")
    known = rows.group_by("item_id").agg(pl.col("product").any(), pl.col("unit_price").last(),
                                         pl.col("source_line").min())
    return known.join(titles.select("item_id", "title"), on="item_id", how="left")


def first_seen(rows, key):
    return rows.filter(pl.col(key).is_not_null()).group_by(key).agg(pl.col("source_line").min())


def write(file, tables):
    with duckdb.connect(file) as connection:
        connection.execute("SET TimeZone = 'UTC'; BEGIN")
        for name, frame in tables.items():
            part = f"{file}.{name}.parquet"  # the way between the two without pyarrow
            frame.write_parquet(part, compression="uncompressed", statistics=False)
            connection.execute(f"CREATE TABLE {name} AS FROM read_parquet('{part}')")
            os.unlink(part)
        connection.execute("COMMIT; CHECKPOINT")


def main(file, out):
    raw = read(file)
    rows = judge(raw, typed(raw))
    sold, back = rows.filter(fate="order"), rows.filter(fate="back")
    orders = numbered(sold, "id").select(*KEEP, "line", order_id="id", ordered_at="instant")
    returned = numbered(back, "id").select(*KEEP, "line", return_id="id", returned_at="instant").with_columns(
        quantity=-pl.col("quantity"))
    orders, returned = match(orders, returned)
    aside = rows.filter(~pl.col("fate").is_in(["order", "back"])).select("source_line", rule="fate")
    texts = raw.join(aside, on="source_line", how="inner").select(
        "source_line", "rule", raw=pl.struct(COLUMNS).struct.json_encode())
    write(out, {"order_line": orders, "return_line": returned, "item": items(sold),
                "customer": first_seen(sold, "customer_id"), "place": first_seen(sold, "place_id"), "quarantine": texts})


main(*sys.argv[1:])
