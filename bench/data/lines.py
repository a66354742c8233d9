"""Generated order lines: Suanpan's load beside a bare DuckDB COPY of the same file into a typed table."""

import sys

import common

MAPPING = "mapping.yaml"
# Four lines an order, a year of seconds; one row in 10,000 has no quantity, one no price, one a quantity that is no number.
MADE = """
SELECT i // 4 AS order_id, i % 4 + 1 AS line, 'sku' || hash(i, {seed}) % 1000000 AS item_id,
       'c' || hash(i // 4, {seed} + 1) % 2000000 AS customer_id,
       strftime(TIMESTAMP '2025-01-01' + INTERVAL (i * 31536000 // {lines}) SECOND, '%Y-%m-%d %H:%M:%S') AS ordered_at,
       CASE i % 10000 WHEN 17 THEN '0' WHEN 4711 THEN 'x' ELSE CAST(1 + hash(i, {seed} + 2) % 9 AS VARCHAR) END AS quantity,
       CASE i % 10000 WHEN 1234 THEN '0.00' ELSE printf('%.2f', 0.5 + (hash(i, {seed} + 3) % 10000) / 100) END AS unit_price
FROM range({lines}) AS t(i)
"""
PEER = """
import sys, duckdb
file, out = sys.argv[1:]
with duckdb.connect(out) as connection:
    connection.execute("SET enable_progress_bar = false")
    connection.execute("CREATE TABLE line (order_id VARCHAR, line BIGINT, item_id VARCHAR, customer_id VARCHAR, "
                       "ordered_at TIMESTAMP, quantity VARCHAR, unit_price DECIMAL(18, 2))")
    connection.execute(f"COPY line FROM '{file}' (HEADER, DELIMITER ',')")
    connection.execute("CHECKPOINT")
    print(connection.execute("SELECT count(*) FROM line").fetchone()[0])
"""


def make(file, lines, seed):
    import duckdb
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({MADE.format(lines=lines, seed=seed)}) TO '{file}' (HEADER, DELIMITER ',')")


def once(folder, file, here):
    shop, out = folder / "shop", folder / "peer.duckdb"
    common.suanpan("init", shop, "--mapping", here / MAPPING)
    ours = common.suanpan("load", shop, file, "--json")
    report = ours.json()
    peer = common.Ran([sys.executable, "-c", PEER, file, out])
    if report["read"] != int(peer.out) or report["loaded"] + report["quarantined"] != report["read"]:
        sys.exit(f"the sides do not tell the same: {report['read']}, {peer.out}")
    sides = {name: {"seconds": ran.seconds, "cpu": ran.cpu, "mib": ran.mib} for name, ran in
             (("ours", ours), ("peer", peer))}
    return sides | {"loaded": report["loaded"], "quarantined": report["quarantined"]}


def run(options, here):
    found = []
    for lines in options.lines:
        with common.scratch() as folder:
            file = folder / "lines.csv"
            make(file, lines, options.seed)
            one = once(folder, file, here)
            found.append(one | {"lines": lines, "bytes": file.stat().st_size, "sha256": common.checksum(file)})
    names = {"seconds": "process, s", "cpu": "processor, s", "mib": "peak memory, MiB"}
    for one in found:
        common.print_table(f"{one['lines']:,} order lines, {one['bytes'] / 2**20:,.0f} MiB of CSV, seed {options.seed}; "
                           f"{one['quarantined']} set aside",
                           ["", "suanpan", "DuckDB COPY", "ours / COPY"],
                           [[title, one["ours"][name], one["peer"][name], one["ours"][name] / one["peer"][name]]
                            for name, title in names.items()])
    if len(found) > 1:
        first, last = found[0], found[-1]
        growth = last["ours"]["seconds"] / first["ours"]["seconds"] / (last["lines"] / first["lines"])
        print(f"  {last['lines'] / first['lines']:g} times the lines take {growth:.2f} times as long a line")
    return found
