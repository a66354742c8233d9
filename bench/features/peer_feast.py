"""Online reads of Feast with its SQLite store: peer_feast.py PARQUET FOLDER READS < requests. Prints latencies in ms.

Runs in a virtual environment of its own (requirements.txt beside this file)."""

import datetime
import json
import logging
import sys
import time
import warnings

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)

import pandas
from feast import Entity, FeatureStore, FeatureView, Field, FileSource, RepoConfig, ValueType
from feast.infra.online_stores.sqlite import SqliteOnlineStoreConfig
from feast.types import Float64


def main():
    parquet, folder, reads = sys.argv[1], sys.argv[2], int(sys.argv[3])
    batches = json.load(sys.stdin)
    frame = pandas.read_parquet(parquet)
    names = [name for name in frame.columns if name != "item_id"]
    frame["event_timestamp"] = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
    made = f"{folder}/feast.parquet"
    frame.to_parquet(made)
    store = FeatureStore(config=RepoConfig(
        project="bench", provider="local", registry=f"{folder}/registry.db",
        online_store=SqliteOnlineStoreConfig(path=f"{folder}/online.db"), entity_key_serialization_version=3))
    item = Entity(name="item", join_keys=["item_id"], value_type=ValueType.STRING)
    view = FeatureView(name="item", entities=[item], ttl=datetime.timedelta(0),
                       schema=[Field(name=name, dtype=Float64) for name in names],
                       source=FileSource(path=made, timestamp_field="event_timestamp"))
    store.apply([item, view])
    started = time.perf_counter()
    store.write_to_online_store("item", df=frame)
    filled = time.perf_counter() - started
    wanted = [f"item:{name}" for name in names]
    taken = []
    for number in range(reads + 5):
        rows = [{"item_id": key} for key in batches[number % len(batches)]]
        started = time.perf_counter()
        reply = store.get_online_features(features=wanted, entity_rows=rows).to_dict()
        taken.append((time.perf_counter() - started) * 1000)
        assert len(reply[names[0]]) == len(rows)
    print(json.dumps({"ms": taken[5:], "fill_seconds": filled, "features": len(names)}))


main()
