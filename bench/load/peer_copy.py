"""What DuckDB alone needs to read the file into one table of the same types: no cleaning, no keys, no quarantine, no
matching. A bound on what any program that keeps its tables in DuckDB can reach. usage: peer_copy.py FILE OUT.duckdb"""

import json
import sys
import time

started = time.perf_counter()

import duckdb

file, out = sys.argv[1:]
with duckdb.connect(out) as connection:
    connection.execute("""
        CREATE TABLE line (invoice VARCHAR, item VARCHAR, title VARCHAR, quantity BIGINT, ordered TIMESTAMP,
                           price DECIMAL(18, 4), customer VARCHAR, place VARCHAR)""")
    connection.execute("SET preserve_insertion_order = false; SET wal_autocheckpoint = '1MB'")
    connection.execute(f"COPY line FROM '{file}' (HEADER, AUTO_DETECT false, DELIMITER ',', QUOTE '\"')")
    rows = connection.execute("SELECT count(*) FROM line").fetchone()[0]
print(json.dumps({"rows": rows, "seconds": time.perf_counter() - started}))
