"""The same reply from the same table with FastAPI and uvicorn, as its users write it. usage: peer_fastapi.py DATABASE

`/async` answers on the event loop, which suits a query this short best; `/thread` is the usual `def` with a cursor a
thread. Both reply by a response model, which FastAPI writes as JSON in Rust. `/kept` keeps the bytes of each reply in a
dictionary, as long as the process lives. There is no key to check, no rate to limit and no log.
"""

import datetime
import sys
import threading

import duckdb
import uvicorn
from fastapi import FastAPI, HTTPException, Response
from pydantic import BaseModel, Field

QUERY = """
    SELECT item_id, as_of, method, periods, window_periods, window_mean, baseline_mean, error, baseline_error,
           model, model_version, judged, model_window_mean, override_id, period_days, first_period, mean, model_mean, levels,
           window_quantiles
    FROM demand.latest_planned WHERE item_id = ?"""


class Period(BaseModel):
    start: str = Field(serialization_alias="from")
    units: float
    model_units: float


class Quantile(BaseModel):
    level: float
    units: float


class Forecast(BaseModel):
    item: str
    as_of: str
    method: str
    model: str
    model_version: str
    period: str
    history_periods: int
    window_periods: int
    window_units: float
    model_window_units: float
    baseline_units: float
    backtest_error: float
    baseline_error: float
    backtest_windows: int
    override_id: int | None
    periods: list[Period]
    window: list[Quantile]


database = duckdb.connect(sys.argv[1], read_only=True)
cursors = threading.local()
app = FastAPI()


def cursor_of_thread():
    if not hasattr(cursors, "own"):
        cursors.own = database.cursor()
    return cursors.own


def forecast(item):
    row = cursor_of_thread().execute(QUERY, [item]).fetchone()
    if row is None:
        raise HTTPException(404, "no forecast of this item")
    override, step, first, means, of_model, levels, quantiles = row[13:]
    return Forecast(
        item=row[0], as_of=row[1].isoformat(), method=row[2], model=row[9], model_version=row[10],
        period="week" if step == 7 else "day", history_periods=row[3], window_periods=row[4],
        window_units=row[5], baseline_units=row[6], backtest_error=row[7], baseline_error=row[8],
        backtest_windows=row[11], model_window_units=row[12], override_id=override,
        periods=[Period(start=(first + datetime.timedelta(step * i)).isoformat(), units=mean, model_units=model)
                 for i, (mean, model) in enumerate(zip(means, of_model))],
        window=[Quantile(level=level, units=units) for level, units in zip(levels, quantiles)])


@app.get("/async")
async def forecast_on_loop(item: str) -> Forecast:
    return forecast(item)


@app.get("/thread")
def forecast_in_thread(item: str) -> Forecast:
    return forecast(item)


kept = {}


@app.get("/kept")
async def forecast_kept(item: str) -> Response:
    if item not in kept:
        kept[item] = forecast(item).model_dump_json(by_alias=True).encode()
    return Response(kept[item], media_type="application/json")


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), loop="uvloop", http="httptools", access_log=False,
                log_level="error")
