"""What the peers forecast for one of the sets, and how far off. usage: peers.py FILE MODEL [--split DAY] [--season N]
[--series N] [--steps N] [--warm]; prints JSON. MODEL: arima, ets, theta (statsforecast), prophet, lightgbm (mlforecast), tcn,
nhits (neuralforecast, of --steps steps).

The rows are those of prepare.py (or M3's own file), the measures those of `suanpan demand evaluate`: forecasts clipped at
0, WAPE over periods with a weight above 0, sMAPE a series, then the mean."""

import argparse
import json
import resource
import time

M3_SEASONS = {"MONTHLY": 12, "QUARTERLY": 4}


def read(options):
    import numpy
    import pandas
    if options.file.endswith("m3.csv.gz"):
        rows = pandas.read_csv(options.file)
        return [(row.series, M3_SEASONS.get(row.period, 1), numpy.array(row.train.split(";"), float),
                 numpy.array(row.test.split(";"), float), None) for row in rows.itertuples()]
    rows = table(options)
    series = []
    for name, part in rows.groupby("series", sort=False):
        seen = part.date < options.split
        series.append((name, options.season, part.value[seen].to_numpy(float), part.value[~seen].to_numpy(float),
                       part.weight[~seen].to_numpy(float)))
    return series


def table(options):
    import pandas
    rows = pandas.read_csv(options.file, parse_dates=["date"], dtype={"series": str})
    return rows if "weight" in rows else rows.assign(weight=1)


def known_columns(rows):
    return [column for column in rows.select_dtypes("number").columns if column not in ("value", "weight")]


def model(name, season):
    from statsforecast import models
    return {"arima": models.AutoARIMA, "ets": models.AutoETS,
            "theta": lambda season_length: models.AutoTheta(season_length=season_length, model="STM")}[name](
                season_length=season)


def local(options, series):
    """statsforecast on as many processes as there are cores; compiled before the clock starts where --warm."""
    import multiprocessing
    with multiprocessing.Pool(options.cores) as pool:
        if options.warm:
            pool.map(forecast, [(options.model, *one[1:3], len(one[3])) for one in series[:2 * options.cores]], 1)
        started = time.perf_counter()
        found = pool.map(forecast, [(options.model, *one[1:3], len(one[3])) for one in series], 16)
        return [mean for mean, _ in found], time.perf_counter() - started, sum(spent for _, spent in found)


def forecast(task):
    import warnings
    warnings.filterwarnings("ignore")
    name, season, seen, horizon = task
    started = time.process_time()
    try:
        mean = model(name, season).forecast(y=seen, h=horizon)["mean"]
    except Exception:  # too short or constant: as a user would do
        mean = [seen[-1]] * horizon
    return mean, time.process_time() - started


def prophet(options, series):
    """With the file's known columns as regressors, what is missing of them as 0."""
    import logging
    import prophet as engine
    logging.getLogger("cmdstanpy").disabled = True
    rows = table(options)
    known = known_columns(rows)
    parts = dict(tuple(rows.groupby("series", sort=False)))
    found, started, processor = [], time.perf_counter(), time.process_time()
    for name, *_ in series:
        part = parts[name].rename(columns={"date": "ds", "value": "y"})
        part[known] = part[known].fillna(0)
        fitted = engine.Prophet(weekly_seasonality=options.season == 7, yearly_seasonality=True, daily_seasonality=False,
                                uncertainty_samples=0)
        for column in known:
            fitted.add_regressor(column)
        seen = part.ds < options.split
        fitted.fit(part[seen])
        found.append(fitted.predict(part[~seen])["yhat"].to_numpy())
    children = resource.getrusage(resource.RUSAGE_CHILDREN)  # Stan's optimiser is a process of its own
    spent = time.process_time() - processor + children.ru_utime + children.ru_stime
    return found, time.perf_counter() - started, spent


def lightgbm(options):
    """mlforecast with LightGBM by L1, recursive: lags, rolling means, calendar and all columns of the file."""
    import lightgbm as engine
    from mlforecast import MLForecast
    from mlforecast.lag_transforms import RollingMean
    rows = table(options)
    weekly = options.season == 52
    static = list(rows.select_dtypes(exclude=["number", "datetime"]).columns.difference(["series"]))
    rows = whole(rows.drop(columns="weight"), weekly, "series", "date", static)
    for column in static:
        rows[column] = rows[column].astype("category")
    seen, future = rows[rows.date < options.split], rows[rows.date >= options.split]
    lags = [1, 2, 3, 4, 8, 13, 26, 52] if weekly else [1, 7, 14, 28, 91, 364]
    shortest = seen.groupby("series").size().min()
    started, processor = time.perf_counter(), time.process_time()
    fitted = MLForecast(
        models={"f": engine.LGBMRegressor(objective="l1", n_estimators=400, num_leaves=63, verbosity=-1,
                                          n_jobs=options.cores)},
        freq="7D" if weekly else "D", lags=[lag for lag in lags if lag + future.date.nunique() < shortest],
        lag_transforms={1: [RollingMean(4), RollingMean(13)] if weekly else [RollingMean(7), RollingMean(28)]},
        date_features=["month", "week"] if weekly else ["month", "day", "dayofweek", "dayofyear"])
    fitted.fit(seen, id_col="series", time_col="date", target_col="value", static_features=static, max_horizon=None)
    known = future.drop(columns=["value", *static])
    arguments = {"X_df": known} if len(known.columns) > 2 else {}
    found = fitted.predict(h=future.date.nunique(), **arguments)
    return by_series(found, "series", "f"), time.perf_counter() - started, time.process_time() - processor


def network(options):
    """neuralforecast's network over all series, by MAE, each series robustly scaled, with the file's known columns."""
    import logging
    import warnings
    warnings.filterwarnings("ignore")
    logging.getLogger("pytorch_lightning").setLevel(logging.ERROR)
    import torch
    from neuralforecast import NeuralForecast, models
    from neuralforecast.losses.pytorch import MAE
    torch.set_num_threads(options.cores)
    rows = table(options).rename(columns={"series": "unique_id", "date": "ds", "value": "y"})
    known = known_columns(rows.rename(columns={"y": "value"}))
    rows[known] = rows[known].fillna(0)
    seen, future = rows[rows.ds < options.split], rows[rows.ds >= options.split]
    weekly = options.season == 52
    horizon = future.ds.nunique()
    shortest = int(seen.groupby("unique_id").size().min())
    look_back = min(max(2, shortest - horizon), 104 if weekly else 4 * horizon)
    kind = {"tcn": models.TCN, "nhits": models.NHITS}[options.model]
    started, processor = time.perf_counter(), time.process_time()
    fitted = NeuralForecast([kind(
        h=horizon, input_size=look_back, loss=MAE(), max_steps=options.steps, scaler_type="robust", random_seed=1,
        futr_exog_list=known or None, windows_batch_size=256, start_padding_enabled=True, enable_progress_bar=False,
        logger=False, enable_checkpointing=False, accelerator="cpu")], freq="7D" if weekly else "D")
    columns = ["unique_id", "ds", "y", *known]
    fitted.fit(whole(seen[columns], weekly))
    asked = {"futr_df": whole(future[["unique_id", "ds", *known]], weekly)} if known else {}
    found = fitted.predict(**asked)
    seconds, spent = time.perf_counter() - started, time.process_time() - processor
    return by_series(found, "unique_id", kind.__name__), seconds, spent


def whole(rows, weekly, series="unique_id", day="ds", texts=()):
    """Every period between a series' first and last: the global models take no gaps. Texts keep their series' value."""
    import pandas
    parts = []
    for name, part in rows.groupby(series, sort=False):
        days = pandas.date_range(part[day].min(), part[day].max(), freq="7D" if weekly else "D")
        filled = part.set_index(day).reindex(days).fillna({series: name, **{text: part[text].iloc[0] for text in texts}})
        parts.append(filled.fillna(0).rename_axis(day).reset_index())
    return pandas.concat(parts)


def by_series(found, name, column):
    return {str(one): part[column].to_numpy() for one, part in found.groupby(name, sort=False)}


def measure(series, forecasts):
    import numpy
    error = actual = smape = count = 0
    for (_, _, _, test, weight), found in zip(series, forecasts):
        found = numpy.maximum(0, numpy.asarray(found, float)[:len(test)])
        scored = numpy.ones(len(test), bool) if weight is None else weight > 0
        y, f = test[scored], found[scored]
        if not len(y):
            continue
        e, size = numpy.abs(y - f), numpy.abs(y) + numpy.abs(f)
        error, actual = error + e.sum(), actual + numpy.abs(y).sum()
        smape += numpy.where(size > 0, 200 * e / numpy.where(size > 0, size, 1), 0).mean()
        count += 1
    return {"wape": error / actual, "smape": smape / count}


def run(options, series):
    if options.model == "prophet":
        return prophet(options, series)
    if options.model in ("lightgbm", "tcn", "nhits"):
        found, seconds, processor = lightgbm(options) if options.model == "lightgbm" else network(options)
        return [found[str(one[0])] for one in series], seconds, processor
    return local(options, series)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("model")
    parser.add_argument("--split")
    parser.add_argument("--season", type=int, default=1)
    parser.add_argument("--series", type=int, default=0)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--warm", action="store_true")
    options = parser.parse_args()
    series = read(options)
    if options.series:
        step = max(1, len(series) // options.series)
        series = series[::step][:options.series]
    found, seconds, processor = run(options, series)
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    print(json.dumps({"model": options.model, "series": len(series), "names": [str(one[0]) for one in series],
                      "seconds": seconds, "processor_seconds": processor, "mib": peak / 1024, **measure(series, found)}))


if __name__ == "__main__":
    main()
