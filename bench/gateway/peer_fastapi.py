"""What a small team would write for the two calls of bench/gateway: FastAPI, uvicorn and DuckDB. usage: peer_fastapi.py
DATABASE PORT KEY

Both calls check a key by its hash. The read answers by a query and a response model. An event is checked by a model, inserted
with its id as a key so that none counts twice, and committed before the reply, which is as safe on disk as DuckDB makes it; one
writer at a time, as DuckDB wants. No rate is limited, no role asked, nothing logged.
"""

import datetime
import hashlib
import hmac
import sys
import threading

import duckdb
import uvicorn
from fastapi import Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel

KNOWN = hashlib.sha256(sys.argv[3].encode()).digest()
database = duckdb.connect(sys.argv[1])
database.execute("""
    CREATE TABLE IF NOT EXISTS pushed (event_id VARCHAR PRIMARY KEY, name VARCHAR, session_id BIGINT, list_id VARCHAR,
                                       item_id VARCHAR, position INTEGER, price DOUBLE, propensity DOUBLE, arrived TIMESTAMPTZ)""")
readers, writing = threading.local(), threading.Lock()
writer = database.cursor()


def signed_in(authorization: str = Header("")):
    if not hmac.compare_digest(hashlib.sha256(authorization.removeprefix("Bearer ").encode()).digest(), KNOWN):
        raise HTTPException(401, "no such key")


class Period(BaseModel):
    from_: str
    units: float


class Forecast(BaseModel):
    item: str
    as_of: str
    method: str
    window_units: float
    periods: list[Period]


class Item(BaseModel):
    item_id: str
    position: int
    price: float
    propensity: float


class Params(BaseModel):
    session_id: int
    item_list_id: str
    items: list[Item]


class Event(BaseModel):
    event_id: str
    name: str
    params: Params


class Batch(BaseModel):
    client_id: str
    events: list[Event]


app = FastAPI()


@app.get("/v1/demand/forecast", dependencies=[Depends(signed_in)])
async def forecast(item: str) -> Forecast:
    if not hasattr(readers, "own"):
        readers.own = database.cursor()
    row = readers.own.execute("""
        SELECT item_id, as_of, method, window_mean, period_days, first_period, mean FROM demand.latest WHERE item_id = ?""",
                              [item]).fetchone()
    if row is None:
        raise HTTPException(404, "no forecast of this item")
    step, first, means = row[4:]
    return Forecast(item=row[0], as_of=row[1].isoformat(), method=row[2], window_units=row[3],
                    periods=[Period(from_=(first + datetime.timedelta(step * i)).isoformat(), units=mean)
                             for i, mean in enumerate(means)])


@app.post("/v1/data/events", dependencies=[Depends(signed_in)])
def events(batch: Batch):
    now = datetime.datetime.now(datetime.timezone.utc)
    rows = [(one.event_id, one.name, one.params.session_id, one.params.item_list_id, item.item_id, item.position, item.price,
             item.propensity, now) for one in batch.events for item in one.params.items]
    with writing:
        writer.execute("BEGIN")
        writer.executemany("INSERT INTO pushed VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", rows)
        writer.execute("COMMIT")
    return {"stored": len(rows)}


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), loop="uvloop", http="httptools", access_log=False,
                log_level="error")
