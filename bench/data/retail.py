"""Online Retail: Suanpan's load beside the same cleaning written with polars (bench/load has pandas)."""

import sys

import common

COUNTS = """
SELECT 'order lines', count(*) FROM {0}order_line UNION ALL SELECT 'returns', count(*) FROM {0}return_line
UNION ALL SELECT 'items', count(*) FROM {0}item UNION ALL SELECT 'customers', count(*) FROM {0}customer
UNION ALL SELECT 'places', count(*) FROM {0}place UNION ALL SELECT 'quarantine', count(*) FROM {0}quarantine
UNION ALL SELECT 'matched returns', count(order_id) FROM {0}return_line
UNION ALL SELECT 'cancelled units', sum(cancelled_quantity) FROM {0}order_line
UNION ALL SELECT 'revenue in pence', sum(quantity * unit_price) FROM {0}order_line
UNION ALL SELECT 'sum of instants', sum(epoch(ordered_at)) FROM {0}order_line
"""


def counts_of(file, schema):
    import duckdb
    with duckdb.connect(str(file), read_only=True) as connection:
        return {name: int(n) for name, n in connection.execute(COUNTS.format(schema)).fetchall()}


def run(options, here):
    file = common.retail_file([options.file] if options.file else [])
    sides = {"suanpan": [], "polars": []}
    with common.scratch() as folder:
        for number in range(options.runs):
            shop = folder / f"shop{number}"
            common.suanpan("init", shop, "--mapping", common.MAPPING)
            for name, ran in (("suanpan", common.suanpan("load", shop, file, "--json")),
                              ("polars", common.Ran([sys.executable, here / "peer_polars.py", file,
                                                     folder / f"peer{number}.duckdb"]))):
                sides[name].append({"seconds": ran.seconds, "cpu": ran.cpu, "mib": ran.mib})
        ours, peers = counts_of(folder / "shop0/shop.duckdb", "data."), counts_of(folder / "peer0.duckdb", "")
    names = {"seconds": "process, s", "cpu": "processor, s", "mib": "peak memory, MiB"}
    rows = []
    for field, title in names.items():
        our, peer = (common.median([one[field] for one in side]) for side in sides.values())
        rows.append([title, our, peer, peer / our])
    common.print_table(f"load of Online Retail, medians of {options.runs}", ["", "suanpan", "polars", "ratio"], rows)
    common.print_table("what is there afterwards", ["", "suanpan", "polars", "difference"],
                       [[name, ours[name], peers[name], ours[name] - peers[name]] for name in ours])
    return {"sides": sides, "counts": {"ours": ours, "polars": peers}, "file_sha256": common.checksum(file)}
