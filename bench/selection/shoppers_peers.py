"""XGBoost, LightGBM, CatBoost, their mean and logistic regression on the folds that ours had; prints JSON.

usage: shoppers_peers.py FILE FOLDS THREADS

Every peer has the same options on all folds, fixed before any fold was looked at: 300 rounds, learning rate 0.03, at most 31 leaves or
depth 6. Texts and codes are one-hot, CatBoost has them as categories."""

import json
import sys
import time

import catboost
import lightgbm
import numpy
import pandas
import sklearn.linear_model
import sklearn.metrics
import sklearn.pipeline
import sklearn.preprocessing
import xgboost

CODES = ["OperatingSystems", "Browser", "Region", "TrafficType"]


def models(threads):
    return {
        "xgboost": xgboost.XGBClassifier(n_estimators=300, learning_rate=0.03, max_depth=6, subsample=0.8,
                                         colsample_bytree=0.8, n_jobs=threads, random_state=1),
        "lightgbm": lightgbm.LGBMClassifier(n_estimators=300, learning_rate=0.03, num_leaves=31, subsample=0.8,
                                            subsample_freq=1, colsample_bytree=0.8, n_jobs=threads, random_state=1,
                                            verbose=-1),
        "catboost": catboost.CatBoostClassifier(iterations=300, learning_rate=0.03, depth=6, thread_count=threads,
                                                random_seed=1, verbose=False, allow_writing_files=False),
        "logistic": sklearn.pipeline.make_pipeline(sklearn.preprocessing.StandardScaler(),
                                                   sklearn.linear_model.LogisticRegression(max_iter=2000)),
    }


def main():
    file, folds, threads = sys.argv[1], pandas.read_csv(sys.argv[2]).sort_values("row").fold.to_numpy(), int(sys.argv[3])
    table = pandas.read_csv(file)
    label = table.pop("Revenue").astype(int).to_numpy()
    names = CODES + ["Month", "VisitorType"]
    named = table.copy()
    for column in names:
        named[column] = named[column].astype(str)
    hot = pandas.get_dummies(named, columns=names).astype(float)
    auc, seconds = {}, {}
    for fold in range(folds.max() + 1):
        train, test = folds != fold, folds == fold
        chances = {}
        for name, model in models(threads).items():
            rows = named if name == "catboost" else hot.to_numpy()
            pick = (lambda mask: rows[mask]) if name != "catboost" else (lambda mask: named.loc[mask])
            started = time.process_time()
            options = {"cat_features": names} if name == "catboost" else {}
            model.fit(pick(train), label[train], **options)
            chances[name] = model.predict_proba(pick(test))[:, 1]
            seconds[name] = seconds.get(name, 0) + time.process_time() - started
        chances["xgboost + lightgbm"] = (chances["xgboost"] + chances["lightgbm"]) / 2
        for name, said in chances.items():
            auc.setdefault(name, []).append(sklearn.metrics.roc_auc_score(label[test], said))
    print(json.dumps([{"model": name, "auc": float(numpy.mean(each)), "auc_sd": float(numpy.std(each)), "folds": each,
                       "processor_seconds": seconds.get(name)} for name, each in auc.items()]))


if __name__ == "__main__":
    main()
