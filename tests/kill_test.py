"""kill -9 at random moments of load, daily, approve and act: nothing is lost and nothing is done twice."""

import pathlib
import random
import shutil
import subprocess
import tempfile
import time
import unittest

from tests.program import MAPPING, decisions, learn_little, run, start, write_sales

TRIALS = 100  # kills, over all commands
DAY = "2011-11-14"


def kill_after(seconds, *words):
    """Starts the command and kills it; says whether it was still running then."""
    process = start(*words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    alive = process.poll() is None
    process.kill()
    process.wait()
    return alive


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
        run("init", shop, "--mapping", MAPPING)
        learn_little(shop)
        return shop

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
        pending = {decision["id"]: decision["arguments"] for decision in decisions(shop, "pending")}
        self.assertEqual(pending, self.calm_orders)
        chosen = sorted(pending)[:20]
        self.pass_with_kills(kills, shop, "decisions", "approve", shop, *chosen)
        self.pass_with_kills(kills, shop, "act", shop)
        acted = sorted(decision["id"] for decision in decisions(shop, "acted"))
        lines = (shop / f"exports/orders-{DAY}.csv").read_text().splitlines()[1:]
        self.assertEqual(acted, chosen)
        self.assertEqual(sorted(line.split(",")[0] for line in lines), chosen)
        self.assertTrue(run("decisions", "check", shop, "--json")["sound"])

    def test_nothing_is_lost_and_nothing_is_done_twice(self):
        calm = self.new_shop("calm")
        run("load", calm, self.file)
        run("daily", calm, "--as-of", DAY)
        self.calm_tables = run("data", "summary", calm, "--json")["tables"]
        self.calm_orders = {decision["id"]: decision["arguments"] for decision in decisions(calm, "pending")}
        self.assertGreater(len(self.calm_orders), 20)
        rounds, commands = 5, 4
        for number in range(rounds):
            self.one_round(number, TRIALS // rounds // commands)
        print(f"  {TRIALS} kills, {self.killed} of them while the command ran")
        self.assertGreater(self.killed, TRIALS // 2)


if __name__ == "__main__":
    unittest.main()
