"""CatBoost's lists from the features and outcomes that `selection lessons` wrote; prints JSON, a row an origin and length.

usage: lists_peer.py FOLDER ORIGINS TOPS HORIZON

Its options were fixed before any list was judged: 300 trees of depth 6, learning rate 0.05, Tweedie loss on profit, as the program's own
single models have. It learns from the days whose horizon was over by the origin, thinned to 80,000 rows as theirs are."""

import datetime
import json
import math
import pathlib
import sys

import catboost
import numpy

MOST_ROWS, SUCCESS_SHARE = 80_000, 0.05


def shuffled(place):
    """The program's order of ties (splitmix64)."""
    with numpy.errstate(over="ignore"):
        place = place + numpy.uint64(0x9E3779B97F4A7C15)
        place = (place ^ (place >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        place = (place ^ (place >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
        return place ^ (place >> numpy.uint64(31))


def best(scores, k):
    return numpy.lexsort((shuffled(numpy.arange(len(scores), dtype=numpy.uint64)), -scores))[:k]


def judge(scores, outcome, top):
    chosen, ideal = best(scores, top), best(outcome, top)
    wins = best(outcome, math.ceil(SUCCESS_SHARE * len(outcome)))
    most = outcome[ideal].sum()
    return {"precision": len(numpy.intersect1d(chosen, ideal)) / len(ideal),
            "recall": len(numpy.intersect1d(chosen, wins)) / len(wins),
            "captured": float(outcome[chosen].sum() / most) if most > 0 else 0.0}


class Day:
    def __init__(self, folder, day):
        self.features = numpy.load(folder / f"{day}.npy", mmap_mode="r")
        self.outcome = numpy.load(folder / f"{day}.outcome.npy")


def learn(lessons):
    every = -(-sum(len(lesson.outcome) for lesson in lessons) // MOST_ROWS)
    features = numpy.concatenate([lesson.features for lesson in lessons])[::every]
    outcome = numpy.concatenate([lesson.outcome for lesson in lessons])[::every]
    profit = numpy.maximum(0, outcome)
    model = catboost.CatBoostRegressor(iterations=300, depth=6, learning_rate=0.05, loss_function="Tweedie:variance_power=1.5",
                                       thread_count=2, random_seed=1, verbose=False, allow_writing_files=False)
    return model.fit(features, profit / profit.mean())


def main():
    folder, origins, tops = pathlib.Path(sys.argv[1]), sys.argv[2].split(","), [int(top) for top in sys.argv[3].split(",")]
    horizon = datetime.timedelta(int(sys.argv[4]))
    columns = json.loads((folder / "columns.json").read_text())
    days = sorted(file.name[:10] for file in folder.glob("*.outcome.npy"))
    date, rows = datetime.date.fromisoformat, []
    for origin in origins:
        # A week apart back from the origin, as the program's own lessons are.
        lessons = [Day(folder, day) for day in days if date(day) + horizon <= date(origin)
                   and (date(origin) - horizon - date(day)).days % 7 == 0]
        now, model = Day(folder, origin), learn(lessons)
        said = {"catboost": model.predict(now.features), "last 4 weeks": now.features[:, columns.index("revenue_28")].astype(float)}
        for method, scores in said.items():
            for top in tops:
                rows.append({"day": origin, "method": method, "top": top, **judge(scores, now.outcome, top)})
    print(json.dumps(rows))


main()
