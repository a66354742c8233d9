"""Thirty features by hand, as a process of its own: peer.py duckdb|polars PARQUET_OR_DUCKDB OUT. Prints its seconds."""

import json
import sys
import time

import declared


def by_duckdb(file, out):
    import duckdb
    with duckdb.connect(file) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        start = time.perf_counter()
        connection.execute(f"CREATE OR REPLACE TABLE features_by_hand AS {declared.bare_sql('data.order_line')}")
        seconds = time.perf_counter() - start
        connection.execute(f"COPY features_by_hand TO '{out}' (FORMAT parquet)")
        connection.execute("DROP TABLE features_by_hand")
    return seconds


def by_polars(file, out):
    import polars
    start = time.perf_counter()
    frame = declared.with_polars(polars.scan_parquet(file)).collect(engine="streaming")
    seconds = time.perf_counter() - start
    frame.write_parquet(out)
    return seconds


way = {"duckdb": by_duckdb, "polars": by_polars}[sys.argv[1]]
print(json.dumps({"seconds": way(*sys.argv[2:4])}))
