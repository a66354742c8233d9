"""The Python way of a morning's scores: polars for the features, LightGBM and XGBoost for the scores.

usage: scale_peer.py TABLES LEARNED SCORED OUT MODELS   prints one line of JSON; MODELS is where models are saved, learned
where they are not there yet"""

import time

BEGIN = time.perf_counter()
import datetime
import json
import pathlib
import pickle
import sys

import lightgbm
import numpy
import polars as pl
import xgboost

WINDOWS = (7, 14, 28, 56, 91, 182, 364)
HORIZON, SAMPLE, ROUNDS = 28, 50_000, 150


def days_of(tables):
    lines = pl.scan_parquet(f"{tables}/order_line/**/*.parquet", hive_partitioning=True)
    value = pl.col("quantity") * pl.col("unit_price")
    return (lines.group_by("item_id", "day")
            .agg(pl.col("quantity").sum().alias("units"), value.sum().alias("revenue"),
                 pl.col("order_id").n_unique().alias("orders"), pl.col("customer_id").n_unique().alias("customers"))
            .collect())


def in_window(days, origin, window):
    since = origin - datetime.timedelta(window)
    return (days.filter(pl.col("day") >= since).group_by("item_id")
            .agg(pl.col("revenue").sum().alias(f"revenue_{window}"), pl.col("units").sum().alias(f"units_{window}"),
                 pl.col("orders").sum().alias(f"orders_{window}"), pl.col("customers").sum().alias(f"customers_{window}"),
                 pl.len().alias(f"days_{window}"), pl.col("revenue").max().alias(f"largest_{window}"),
                 pl.col("revenue").std().alias(f"spread_{window}"),
                 (pl.col("revenue").sum() / pl.col("units").sum()).alias(f"price_{window}")))


def weeks(days, origin):
    recent = days.filter(pl.col("day") >= origin - datetime.timedelta(91)).with_columns(
        ((pl.lit(origin) - pl.col("day")).dt.total_days() - 1).floordiv(7).alias("week"))
    sums = [part for week in range(13) for part in (
        pl.col("revenue").filter(pl.col("week") == week).sum().alias(f"week_revenue_{week}"),
        pl.col("units").filter(pl.col("week") == week).sum().alias(f"week_units_{week}"))]
    return recent.group_by("item_id").agg(*sums)


def faded(days, origin):
    age = (pl.lit(origin) - pl.col("day")).dt.total_days()
    return days.group_by("item_id").agg(
        *[(pl.col("revenue") * (-age / half * 0.6931).exp()).sum().alias(f"faded_{half}") for half in (7, 21, 60)],
        age.min().alias("since_sale"), age.max().alias("age"))


def features(days, origin):
    days = days.filter(pl.col("day") < origin)
    table = faded(days, origin)
    for window in WINDOWS:
        table = table.join(in_window(days, origin, window), on="item_id", how="left")
    table = table.join(weeks(days, origin), on="item_id", how="left")
    table = table.with_columns(
        *[((pl.col(f"revenue_{a}") + 1000) / (pl.col(f"revenue_{b}") + 1000)).log().alias(f"rise_{a}_{b}")
          for a, b in zip(WINDOWS, WINDOWS[1:])],
        *[pl.col(f"revenue_{w}").log1p().alias(f"log_{w}") for w in WINDOWS],
        pl.col("revenue_28").rank().alias("rank_28"), pl.col("revenue_91").rank().alias("rank_91"))
    return table.sort("item_id")


def matrix(table):
    return table.drop("item_id").cast(pl.Float32).to_numpy()


def learn(days, origin):
    then = origin - datetime.timedelta(HORIZON)
    table = features(days, then).sample(n=min(SAMPLE, features(days, then).height), seed=1)
    after = (days.filter((pl.col("day") >= then) & (pl.col("day") < origin)).group_by("item_id")
             .agg(pl.col("revenue").sum().alias("label")))
    label = table.select("item_id").join(after, on="item_id", how="left", maintain_order="left")["label"].fill_null(0).to_numpy()
    x, y = matrix(table), label / max(1.0, label.mean())
    won = (y >= numpy.quantile(y, 0.95)).astype(int)
    light = {"num_leaves": 31, "learning_rate": 0.05, "max_bin": 63, "verbose": -1, "num_threads": 2}
    xgb = {"grow_policy": "lossguide", "max_leaves": 31, "max_depth": 0, "eta": 0.05, "max_bin": 63, "nthread": 2}
    data = xgboost.DMatrix(x, y)
    return (lightgbm.train(light | {"objective": "tweedie"}, lightgbm.Dataset(x, y), ROUNDS),
            lightgbm.train(light | {"objective": "regression"}, lightgbm.Dataset(x, numpy.log1p(20 * y)), ROUNDS),
            xgboost.train(xgb | {"objective": "reg:tweedie"}, data, ROUNDS),
            xgboost.train(xgb | {"objective": "binary:logistic"}, xgboost.DMatrix(x, won), ROUNDS))


def main():
    started = {"start": time.perf_counter() - BEGIN, "start_cpu": time.process_time()}
    tables, learned, scored = sys.argv[1], *map(datetime.date.fromisoformat, sys.argv[2:4])
    saved = pathlib.Path(sys.argv[5])
    if not saved.exists():
        saved.write_bytes(pickle.dumps(learn(days_of(tables), learned)))
    models = pickle.loads(saved.read_bytes())
    start, cpu = time.perf_counter(), time.process_time()
    table = features(days_of(tables), scored)
    x = matrix(table)
    counted = time.perf_counter()
    data = xgboost.DMatrix(x, nthread=2)
    said = [models[0].predict(x), models[1].predict(x), models[2].predict(data), models[3].predict(data)]
    blend = sum(numpy.argsort(numpy.argsort(one)) for one in said)
    asked = time.perf_counter()
    out = table.select("item_id").with_columns(pl.Series("score", blend)).sort("score", descending=True)
    out.write_parquet(pathlib.Path(sys.argv[4]))
    end = time.perf_counter()
    print(json.dumps({**started, "cpu": time.process_time() - cpu, "seconds": end - start, "features": counted - start, "scores": asked - counted, "store": end - asked,
                      "columns": x.shape[1], "items": x.shape[0]}))


main()
