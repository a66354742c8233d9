#!/usr/bin/env python3
"""Who buys: online_shoppers_intention on five given folds. Ours is `selection evaluate`: recipes of LightGBM and XGBoost drawn by a seed,
tried, blended and calibrated within each fold's training rows; beside the libraries from PyPI.

usage: shoppers.py [--data FOLDER] [--folds FILE] [--trials N] [--threads N]"""

import argparse
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent)]
import common

CODES = "OperatingSystems,Browser,Region,TrafficType"


def shared(path):
    for place in (common.ROOT, common.ROOT.parent):
        if (place / "shared" / path).exists():
            return place / "shared" / path
    sys.exit(f"there is no shared/{path}; name the file (--data, --folds)")


def peers_python():
    """A virtual environment with the peers of this bench, made again when their list changes."""
    wanted = (HERE / "requirements.txt").read_bytes()
    home = pathlib.Path(os.environ.get("SUANPAN_CACHE", pathlib.Path.home() / ".cache/suanpan")) / "peers-selection"
    stamp = home / ".stamp"
    if not stamp.exists() or stamp.read_bytes() != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=True)
        subprocess.run([home / "bin/pip", "install", "--quiet", "--requirement", HERE / "requirements.txt"], check=True)
        stamp.write_bytes(wanted)
    return home / "bin/python"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path)
    parser.add_argument("--folds", type=pathlib.Path)
    parser.add_argument("--trials", default=16, type=int)
    parser.add_argument("--threads", default=2, type=int)
    options = parser.parse_args()
    file = options.data or shared("data/online_shoppers_intention/online_shoppers_intention.csv.gz")
    folds = options.folds or shared("protocols/online_shoppers_folds.csv")
    about, python = common.about(), peers_python()
    ours = common.suanpan("selection", "evaluate", file, "--label", "Revenue", "--folds", folds, "--categories", CODES,
                          "--trials", options.trials, "--threads", options.threads, "--json")
    peers = json.loads(common.Ran([python, HERE / "shoppers_peers.py", file, folds, options.threads]).out)
    reply = ours.json()
    rows = [{**m, "model": "ours: " + m["model"]} for m in reply["models"]] + peers
    print(f"\n{reply['rows']} sessions, {reply['folds']} folds, {reply['trials']} recipes, seed {reply['seed']}; sha256 "
          f"{common.checksum(file)[:12]}; ours {ours.seconds:.0f} s, {ours.cpu:.0f} processor seconds, {ours.mib:.0f} MiB")
    for m in sorted(rows, key=lambda m: -m["auc"]):
        print(f"  {m['model']:22s} AUC {m['auc']:.4f} (sd {m['auc_sd']:.4f})")
    common.save("selection_shoppers", {"about": about, "ours": reply, "peers": peers, "seconds": ours.seconds,
                                       "cpu": ours.cpu, "mib": ours.mib, "checksum": common.checksum(file)})


if __name__ == "__main__":
    main()
