"""What the tests of the built program share: how to run it, and files for it to read."""

import http.client
import json
import os
import pathlib
import random
import re
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("SUANPAN", str(ROOT / "build/release/src/suanpan"))
MAPPING = ROOT / "examples/online_retail.yaml"
HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"


def start(*words, **options):
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True} | options
    return subprocess.Popen([PROGRAM, *map(str, words)], **options)


def attempt(*words, **options):
    """The finished process, whatever its exit status."""
    return subprocess.run(
        [PROGRAM, *map(str, words)], capture_output=True, text=True, timeout=120, check=False, **options)


def run(*words):
    """The reply of a command that must succeed; with --json as an object."""
    done = attempt(*words)
    if done.returncode != 0:
        raise AssertionError(f"{words}: exit status {done.returncode}: {done.stderr}")
    return json.loads(done.stdout) if "--json" in words else done.stdout


def write_sales(file, orders=20_000, items=150):
    """A year of order lines of some items, drawn with a fixed seed."""
    draw = random.Random(7)
    with open(file, "w") as out:
        out.write(HEADER)
        for number in range(orders):
            day = draw.randrange(330)
            date = time.strftime("%Y-%m-%d", time.gmtime(1293840000 + 86400 * day))
            item = draw.randrange(items)
            out.write(f"{number},{10000 + item},THING {item},{draw.randrange(1, 9)},{date} 10:00:00,2.50,17850,France\n")


def learn_little(shop):
    """Learning to select items takes seconds to half a minute, which tests of other things need not wait for."""
    file = shop / "shop.yaml"
    settings = file.read_text()
    assert "\noptions:\n" in settings
    file.write_text(settings.replace("\noptions:\n", "\noptions:\n  selection.rounds: 5\n  selection.trials: 1\n"))


def decisions(shop, state, kind="stock.order"):
    return run("decisions", "list", shop, "--state", state, "--kind", kind, "--limit", 10000, "--json")["decisions"]


class Server:
    """`suanpan serve` of a shop, with a key of an administrator."""

    def __init__(self, shop, *options):
        self.key = run("keys", "create", shop, "--name", "test", "--role", "admin", "--json")["key"]
        self.start(shop, *options)

    def start(self, shop, *options):
        self.process = start("serve", shop, "--port", 0, "--log", "off", *options, stderr=subprocess.DEVNULL)
        line = self.process.stdout.readline()
        self.port = int(re.search(r"served at http://127\.0\.0\.1:(\d+)/", line)[1])

    def call(self, method, path, body=None):
        """Status and reply."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            reply = connection.getresponse()
            return reply.status, json.loads(reply.read())
        finally:
            connection.close()

    def finish(self, path, body):
        """The run of work that takes long, once it has ended."""
        status, run_ = self.call("POST", path, body)
        if status != 202:
            raise AssertionError(f"{path}: {status}: {run_}")
        until = time.monotonic() + 120
        while time.monotonic() < until:
            _, shown = self.call("GET", f"/v1/runs/{run_['id']}")
            if shown["state"] in ("done", "failed"):
                return shown
            time.sleep(0.1)
        raise AssertionError(f"{path} did not end")

    def page(self, path):
        """The text at the path, without a key."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path)
            return connection.getresponse().read().decode()
        finally:
            connection.close()

    def stop(self):
        self.process.terminate()
        self.process.stdout.close()
        return self.process.wait(timeout=60)

    def kill(self):
        self.process.kill()
        self.process.stdout.close()
        self.process.wait()
