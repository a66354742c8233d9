"""kill -9 at random moments of load, daily, approve and act: nothing is lost and nothing is done twice."""

import json
import os
import pathlib
import random
import shutil
import subprocess
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("SUANPAN", str(ROOT / "build/release/src/suanpan"))
TRIALS = 100  # kills, over all commands
DAY = "2011-11-14"
HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"


def run(*words):
    done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        raise AssertionError(f"{words}: {done.stderr}")
    return json.loads(done.stdout) if "--json" in words else done.stdout


def kill_after(seconds, *words):
    """Starts the command and kills it; says whether it was still running then."""
    process = subprocess.Popen([PROGRAM, *map(str, words)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    alive = process.poll() is None
    process.kill()
    process.wait()
    return alive


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


class KillTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="suanpan-kill-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.file = self.folder / "online_retail.csv"
        write_sales(self.file)
        self.draw = random.Random(20111114)
        self.killed = 0

    def new_shop(self, name):
        shop = self.folder / name
        run("init", shop, "--mapping", ROOT / "examples/online_retail.yaml")
        return shop

    def decisions(self, shop, state):
        return run("decisions", "list", shop, "--state", state, "--limit", 10000, "--json")["decisions"]

    def pass_with_kills(self, kills, shop, *words):
        """Kills the command some times at moments within its usual length, then lets it end."""
        copy = self.folder / "length"
        shutil.copytree(shop, copy)
        started = time.monotonic()
        run(words[0], *[copy if word == shop else word for word in words[1:]])
        length = time.monotonic() - started
        shutil.rmtree(copy)
        for _ in range(kills):
            self.killed += kill_after(self.draw.uniform(0, length), *words)
        return run(*words)

    def one_round(self, number, kills):
        shop = self.new_shop(f"shop{number}")
        self.pass_with_kills(kills, shop, "load", shop, self.file)
        self.assertEqual(run("data", "summary", shop, "--json")["tables"], self.calm_tables)
        self.pass_with_kills(kills, shop, "daily", shop, "--as-of", DAY)
        pending = {decision["id"]: decision["arguments"] for decision in self.decisions(shop, "pending")}
        self.assertEqual(pending, self.calm_orders)
        chosen = sorted(pending)[:20]
        self.pass_with_kills(kills, shop, "decisions", "approve", shop, *chosen)
        self.pass_with_kills(kills, shop, "act", shop)
        acted = sorted(decision["id"] for decision in self.decisions(shop, "acted"))
        lines = (shop / f"exports/orders-{DAY}.csv").read_text().splitlines()[1:]
        self.assertEqual(acted, chosen)
        self.assertEqual(sorted(line.split(",")[0] for line in lines), chosen)
        self.assertTrue(run("decisions", "check", shop, "--json")["sound"])

    def test_nothing_is_lost_and_nothing_is_done_twice(self):
        calm = self.new_shop("calm")
        run("load", calm, self.file)
        run("daily", calm, "--as-of", DAY)
        self.calm_tables = run("data", "summary", calm, "--json")["tables"]
        self.calm_orders = {decision["id"]: decision["arguments"] for decision in self.decisions(calm, "pending")}
        self.assertGreater(len(self.calm_orders), 20)
        rounds, commands = 5, 4
        for number in range(rounds):
            self.one_round(number, TRIALS // rounds // commands)
        print(f"  {TRIALS} kills, {self.killed} of them while the command ran")
        self.assertGreater(self.killed, TRIALS // 2)


if __name__ == "__main__":
    unittest.main()
