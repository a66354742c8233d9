"""Start-up times: `--version`, and from `serve` to the first HTTP answer, beside FastAPI with the same database."""

import pathlib
import shutil
import sys

import common

RUNS = 7
PEER = pathlib.Path(__file__).resolve().parent.parent / "reads/peer_fastapi.py"


def first_answer(make):
    seconds, mib = [], []
    for _ in range(RUNS):
        with make() as server:
            seconds.append(server.seconds)
            mib.append(server.peak_mib())
    return {"seconds": common.median(seconds), "mib": common.median(mib)}


def peer_server(database):
    port = common.free_port()
    return common.Server([sys.executable, PEER, database, port], port)


def measure(folder, file):
    """`file` is the Online Retail file; the shop has it loaded and forecast."""
    shop = common.new_shop(folder / "shop", file)
    common.suanpan("daily", shop, "--as-of", common.DAY)
    shutil.copy(shop / "shop.duckdb", folder / "peer.duckdb")
    versions = [common.suanpan("--version") for _ in range(4 * RUNS)]
    return {"version": {"seconds": common.median([ran.seconds for ran in versions]), "mib": versions[0].mib},
            "serve": first_answer(lambda: common.serve_shop(shop)),
            "peer": first_answer(lambda: peer_server(folder / "peer.duckdb"))}


def rows(found):
    return [["suanpan --version", 1e3 * found["version"]["seconds"], found["version"]["mib"], ""],
            ["suanpan serve, first answer", 1e3 * found["serve"]["seconds"], found["serve"]["mib"], ""],
            ["FastAPI and uvicorn, first answer", 1e3 * found["peer"]["seconds"], found["peer"]["mib"],
             found["peer"]["seconds"] / found["serve"]["seconds"]]]
