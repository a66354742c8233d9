"""The thirty features of the bench, as three programs write them, and the made order lines."""

import datetime

MOMENT = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
WINDOWS = [7, 28, 91, 364]
NAMES = [f"item_{name}_{window}d" for window in WINDOWS
         for name in ("lines", "units", "revenue", "highest_price", "customers", "average_price", "units_per_line")]
NAMES += ["item_last_sale", "item_trend_week"]

# Popular items sell more (the square of an even draw), prices differ by item, lines spread over 400 days.
LINES = """
    SELECT 'o' || (n // 3) AS order_id, n % 3 + 1 AS line,
           'i' || CAST(floor({items} * pow((hash(n, {seed}) % 1000000) / 1e6, 2)) AS BIGINT) AS item_id,
           'c' || (hash(n // 3, {seed} + 1) % greatest({lines} // 20, 1)) AS customer_id,
           'p' || (hash(n // 3, {seed} + 2) % 20) AS place_id,
           TIMESTAMPTZ '2026-01-01 00:00:00+00' - to_seconds(CAST(hash(n // 3, {seed} + 3) % (400 * 86400) AS BIGINT) + 1)
               AS ordered_at,
           CAST(1 + hash(n, {seed} + 4) % 5 AS BIGINT) AS quantity,
           CAST(0 AS BIGINT) AS cancelled_quantity,
           CAST(100 + hash(n, {seed} + 5) % 5000 AS BIGINT) AS unit_price
    FROM range({lines}) AS t(n)
"""


def bare_sql(table):
    """What a person writes by hand: one scan, each feature with its own filter."""
    parts = []
    for window in WINDOWS:
        where = f"FILTER (WHERE ordered_at >= TIMESTAMPTZ '2026-01-01 00:00:00+00' - INTERVAL {window * 24} HOUR)"
        parts += [f"count(*) {where} AS item_lines_{window}d",
                  f"coalesce(sum(quantity) {where}, 0)::BIGINT AS item_units_{window}d",
                  f"coalesce(sum(quantity * unit_price) {where}, 0)::BIGINT AS item_revenue_{window}d",
                  f"max(unit_price) {where} AS item_highest_price_{window}d",
                  f"count(DISTINCT customer_id) {where} AS item_customers_{window}d"]
    derived = [f"item_revenue_{w}d / nullif(item_units_{w}d, 0) AS item_average_price_{w}d, "
               f"item_units_{w}d / nullif(item_lines_{w}d, 0) AS item_units_per_line_{w}d" for w in WINDOWS]
    return f"""
        SELECT *, {', '.join(derived)},
               (item_units_7d / 7.0) / nullif(item_units_28d / 28.0, 0) AS item_trend_week
        FROM (SELECT item_id, {', '.join(parts)}, max(ordered_at) AS item_last_sale
              FROM {table} WHERE ordered_at < TIMESTAMPTZ '2026-01-01 00:00:00+00' GROUP BY item_id)"""


def with_polars(frame):
    import polars as pl
    counted = [pl.col("ordered_at").max().alias("item_last_sale")]
    derived = []
    for window in WINDOWS:
        within = pl.col("ordered_at") >= MOMENT - datetime.timedelta(days=window)
        counted += [within.sum().cast(pl.Int64).alias(f"item_lines_{window}d"),
                    pl.col("quantity").filter(within).sum().alias(f"item_units_{window}d"),
                    (pl.col("quantity") * pl.col("unit_price")).filter(within).sum().alias(f"item_revenue_{window}d"),
                    pl.col("unit_price").filter(within).max().alias(f"item_highest_price_{window}d"),
                    pl.col("customer_id").filter(within).n_unique().cast(pl.Int64).alias(f"item_customers_{window}d")]
        units, lines, revenue = (pl.col(f"item_{name}_{window}d") for name in ("units", "lines", "revenue"))
        derived += [pl.when(units != 0).then(revenue / units).alias(f"item_average_price_{window}d"),
                    pl.when(lines != 0).then(units / lines).alias(f"item_units_per_line_{window}d")]
    month = pl.col("item_units_28d")
    derived.append(pl.when(month != 0).then((pl.col("item_units_7d") / 7) / (month / 28)).alias("item_trend_week"))
    return (frame.filter(pl.col("ordered_at") < MOMENT).group_by("item_id").agg(counted).with_columns(derived))
