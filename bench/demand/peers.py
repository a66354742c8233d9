"""What the peers forecast for one of the sets, and how far off. usage: peers.py FILE MODEL [--split DAY] [--season N]
[--series N] [--warm]; prints JSON. MODEL: arima, ets, theta (statsforecast), lightgbm (mlforecast).

The rows are those of prepare.py (or M3's own file), the measures those of `suanpan demand evaluate`: forecasts clipped at
0, WAPE over periods with a weight above 0, sMAPE a series, then the mean."""

import argparse
import json
import resource
import time


def read(options):
    import numpy
    import pandas
    if options.file.endswith("m3.csv.gz"):
        rows = pandas.read_csv(options.file)
        seasons = {"MONTHLY": 12, "QUARTERLY": 4}
        return [(row.series, seasons.get(row.period, 1), numpy.array(row.train.split(";"), float),
                 numpy.array(row.test.split(";"), float), None) for row in rows.itertuples()]
    rows = pandas.read_csv(options.file, parse_dates=["date"])
    if "weight" not in rows:
        rows["weight"] = 1
    series = []
    for name, part in rows.groupby("series", sort=False):
        seen = part.date < options.split
        series.append((name, options.season, part.value[seen].to_numpy(float), part.value[~seen].to_numpy(float),
                       part.weight[~seen].to_numpy(float)))
    return series


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


def lightgbm(options):
    """mlforecast with LightGBM by L1, recursive: lags, rolling means, calendar and all columns of the file."""
    import lightgbm as engine
    import pandas
    from mlforecast import MLForecast
    from mlforecast.lag_transforms import RollingMean
    rows = pandas.read_csv(options.file, parse_dates=["date"])
    for column in rows.select_dtypes(include=["object", "str"]).columns.difference(["series"]):
        rows[column] = rows[column].astype("category")
    seen = rows[rows.date < options.split].drop(columns="weight", errors="ignore")
    future = rows[rows.date >= options.split]
    weekly = options.season == 52
    started, processor = time.perf_counter(), time.process_time()
    model = MLForecast(
        models={"f": engine.LGBMRegressor(objective="l1", n_estimators=400, num_leaves=63, verbosity=-1,
                                          n_jobs=options.cores)},
        freq="7D" if weekly else "D", lags=[1, 2, 3, 4, 8, 13, 26, 52] if weekly else [1, 7, 14, 28, 91, 364],
        lag_transforms={1: [RollingMean(4), RollingMean(13)] if weekly else [RollingMean(7), RollingMean(28)]},
        date_features=["month", "week"] if weekly else ["month", "day", "dayofweek", "dayofyear"])
    static = list(rows.select_dtypes("category").columns)
    model.fit(seen, id_col="series", time_col="date", target_col="value", static_features=static, max_horizon=None)
    known = future.drop(columns=["value", "weight", *static], errors="ignore")
    arguments = {"X_df": known} if len(known.columns) > 2 else {}
    found = model.predict(h=future.date.nunique(), **arguments)
    seconds = time.perf_counter() - started
    by_series = {name: part.f.to_numpy() for name, part in found.groupby("series", sort=False)}
    return by_series, seconds, time.process_time() - processor


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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("model")
    parser.add_argument("--split")
    parser.add_argument("--season", type=int, default=1)
    parser.add_argument("--series", type=int, default=0)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--warm", action="store_true")
    options = parser.parse_args()
    series = read(options)
    if options.series:
        step = max(1, len(series) // options.series)
        series = series[::step][:options.series]
    if options.model == "lightgbm":
        by_series, seconds, processor = lightgbm(options)
        found = [by_series[one[0]] for one in series]
    else:
        found, seconds, processor = local(options, series)
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    print(json.dumps({"model": options.model, "series": len(series), "seconds": seconds, "processor_seconds": processor,
                      "mib": peak / 1024,
                      **measure(series, found)}))


if __name__ == "__main__":
    main()
