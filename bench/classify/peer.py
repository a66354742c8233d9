"""The models that a data scientist would try first, on the same folds: prints {model: {auc: [by fold], seconds}} as JSON.

usage: peer.py FILE FOLDS LABEL CATEGORY,CATEGORY…"""

import json
import sys
import time

import catboost
import lightgbm
import numpy
import pandas
import xgboost
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

THREADS = 2
SEED = 1


def tables(file, label, categories):
    """Features as numbers, the same with a column for each name, labels."""
    table = pandas.read_csv(file)
    labels = table.pop(label).astype(int).to_numpy()
    texts = [name for name in table.columns if table[name].dtype == object or pandas.api.types.is_string_dtype(table[name])]
    numbers = table.copy()
    for name in texts:
        numbers[name] = numbers[name].astype("category").cat.codes
    wide = pandas.get_dummies(table, columns=sorted({*texts, *categories}))
    return numbers.astype("float32").to_numpy(), wide.astype("float32").to_numpy(), labels


def models():
    """A model of each kind, with the settings that are usual for tables of this size, and whether it takes the wide table."""
    return {
        "lightgbm": (False, lambda: lightgbm.LGBMClassifier(
            n_estimators=300, learning_rate=0.03, num_leaves=15, min_child_samples=40, subsample=0.8, subsample_freq=1,
            colsample_bytree=0.8, n_jobs=THREADS, random_state=SEED, verbose=-1)),
        "xgboost": (False, lambda: xgboost.XGBClassifier(
            n_estimators=300, learning_rate=0.03, max_depth=5, min_child_weight=5, subsample=0.8, colsample_bytree=0.8,
            n_jobs=THREADS, random_state=SEED)),
        "catboost": (False, lambda: catboost.CatBoostClassifier(
            iterations=500, learning_rate=0.04, depth=6, thread_count=THREADS, random_seed=SEED, verbose=False, allow_writing_files=False)),
        "logistic": (True, lambda: make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000))),
    }


def main():
    file, folds_file, label, categories = sys.argv[1:5]
    numbers, wide, labels = tables(file, label, categories.split(","))
    folds = pandas.read_csv(folds_file).sort_values("row")["fold"].to_numpy()
    found = {}
    chances = {}
    for name, (takes_wide, make) in models().items():
        features, started, areas = wide if takes_wide else numbers, time.perf_counter(), []
        chances[name] = numpy.zeros(len(labels))
        for fold in range(folds.max() + 1):
            model = make().fit(features[folds != fold], labels[folds != fold])
            chances[name][folds == fold] = model.predict_proba(features[folds == fold])[:, 1]
            areas.append(roc_auc_score(labels[folds == fold], chances[name][folds == fold]))
        found[name] = {"auc": areas, "seconds": time.perf_counter() - started}
    mean = (chances["lightgbm"] + chances["xgboost"]) / 2
    found["mean of lightgbm and xgboost"] = {
        "auc": [roc_auc_score(labels[folds == fold], mean[folds == fold]) for fold in range(folds.max() + 1)],
        "seconds": found["lightgbm"]["seconds"] + found["xgboost"]["seconds"]}
    print(json.dumps(found))


main()
