"""Pushed events: how many a second are acknowledged, each safe on disk before its reply, and how long a reply takes."""

import os
import re
import subprocess
import sys
import time

import common


def fdatasyncs(folder):
    """How many fdatasync of 4 KiB at the end of a file this disk does a second."""
    file = os.open(folder / "probe", os.O_CREAT | os.O_WRONLY, 0o600)
    started, count = time.perf_counter(), 0
    while time.perf_counter() - started < 1:
        os.write(file, b"x" * 4096)
        os.fdatasync(file)
        count += 1
    os.close(file)
    return count


def milliseconds(text):
    number, unit = re.match(r"([\d.]+)(us|ms|s)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def wrk(server, key, batch, connections, options, here):
    environment = os.environ | {"BATCH": str(batch), "KEY": key, "RUN": f"b{batch}c{connections}"}
    words = ["wrk", "-t1", f"-c{connections}", f"-d{options.seconds}s", "--timeout", "30s", "--latency",
             "-s", str(here / "events.lua"), f"http://127.0.0.1:{server.port}"]
    out = subprocess.run(words, capture_output=True, text=True, check=True, env=environment).stdout
    if "Non-2xx" in out or "Socket errors" in out:
        sys.exit(f"wrk met errors:\n{out}")
    requests = int(re.search(r"(\d+) requests in", out)[1])
    seconds = float(re.search(r"requests in ([\d.]+)s", out)[1])
    share = {name: milliseconds(re.search(rf"\s{name}%\s+(\S+)", out)[1]) for name in ("50", "99")}
    return {"batch": batch, "connections": connections, "requests": requests, "seconds": seconds,
            "events_a_second": requests * batch / seconds, "p50_ms": share["50"], "p99_ms": share["99"]}


def run(options, here):
    found = []
    with common.scratch() as folder:
        shop = folder / "shop"
        common.suanpan("init", shop, "--mapping", here / "mapping.yaml")
        key = common.make_key(shop, "bench", "operator")
        syncs = fdatasyncs(folder)
        port = common.free_port()
        words = [common.PROGRAM, "serve", shop, "--port", str(port), "--log", "warn", "--rate", "0"]
        with common.Server(words, port) as server:
            for batch, connections in ((1, 1), (1, 64), (20, 16), (200, 8)):
                found.append(wrk(server, key, batch, connections, options, here))
            peak = server.peak_mib()
        tables = common.suanpan("data", "summary", shop, "--json").json()["tables"]
        stored = next(table["rows"] for table in tables if table["table"] == "events")
    counted = sum(one["requests"] * one["batch"] for one in found)
    # wrk ends with requests on their way, whose replies it does not count.
    most = counted + sum(one["connections"] * one["batch"] for one in found)
    if not counted <= stored <= most:
        sys.exit(f"{counted} events were acknowledged, {stored} are stored")
    common.print_table(f"pushed events, wrk on the same machine, {options.seconds} s each; fdatasync a second: {syncs}",
                       ["events a request, connections", "events a second", "requests a second", "p50 ms", "p99 ms"],
                       [[f"{one['batch']}, {one['connections']}", one["events_a_second"],
                         one["requests"] / one["seconds"], one["p50_ms"], one["p99_ms"]] for one in found])
    print(f"  {stored:,} events stored, {counted:,} acknowledged; peak memory {peak:,.0f} MiB")
    return {"rounds": found, "fdatasync_a_second": syncs, "stored": stored, "acknowledged": counted, "mib": peak}
