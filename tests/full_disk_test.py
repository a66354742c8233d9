"""A full disk: each command says so, leaves nothing half done, and goes on once there is space.

The disk is a small tmpfs in a mount namespace that this process enters, thus invisible to others and gone with it.
"""

import concurrent.futures
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from tests.program import MAPPING, Server, attempt, decisions, learn_little, run, write_sales

DAY = "2011-11-14"
EXPORT = f"exports/orders-{DAY}.csv"
NO_SPACE = 12  # exit status
SIZES = (0, 4096, 20_000, 80_000, 300_000, 1_200_000, 5_000_000, 20_000_000)  # bytes left free


def enter_mount_namespace():
    """As root its own mounts; as an ordinary user its own user namespace too."""
    user, group = os.getuid(), os.getgid()
    if user == 0:
        os.unshare(os.CLONE_NEWNS)
    else:
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNS)
        pathlib.Path("/proc/self/setgroups").write_text("deny")
        pathlib.Path("/proc/self/uid_map").write_text(f"0 {user} 1")
        pathlib.Path("/proc/self/gid_map").write_text(f"0 {group} 1")
    subprocess.run(["mount", "--make-rprivate", "/"], check=True, capture_output=True)


class SmallDisk:
    def __init__(self, megabytes):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="suanpan-disk-"))
        size = f"size={megabytes}m"
        subprocess.run(["mount", "-t", "tmpfs", "-o", size, "none", self.folder], check=True, capture_output=True)
        self.filler = self.folder / "filler"

    def free(self):
        state = os.statvfs(self.folder)
        return state.f_bavail * state.f_frsize

    def leave(self, size):
        """Fills the disk up to this many bytes."""
        self.empty()
        with open(self.filler, "wb") as filler:
            filler.write(bytes(max(0, self.free() - size)))

    def empty(self):
        self.filler.unlink(missing_ok=True)

    def remove(self):
        subprocess.run(["umount", "--lazy", self.folder], check=True)
        self.folder.rmdir()


class FullDiskTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        try:
            enter_mount_namespace()
            cls.disk = SmallDisk(64)
        except (OSError, subprocess.CalledProcessError) as error:
            raise unittest.SkipTest(f"this machine mounts no tmpfs for us: {error}")
        cls.addClassCleanup(cls.disk.remove)
        scratch = tempfile.TemporaryDirectory(prefix="suanpan-disk-files-")
        cls.addClassCleanup(scratch.cleanup)
        cls.sales = pathlib.Path(scratch.name) / "online_retail.csv"
        write_sales(cls.sales, orders=10_000, items=60)
        cls.calm = pathlib.Path(scratch.name) / "calm"
        cls.calm_states = cls.walk(cls, cls.calm, lambda shop, *words: run(*words))

    def walk(self, shop, step):
        """From nothing to the orders' file, each step by the given function; returns what there is after each."""
        run("init", shop, "--mapping", MAPPING)
        learn_little(shop)
        step(shop, "load", shop, self.sales)
        states = [run("data", "summary", shop, "--json")["tables"]]
        step(shop, "daily", shop, "--as-of", DAY)
        pending = {decision["id"]: decision["arguments"] for decision in decisions(shop, "pending")}
        states.append(pending)
        step(shop, "decisions", "approve", shop, *sorted(pending))
        states.append(sorted(decision["id"] for decision in decisions(shop, "approved")))
        step(shop, "act", shop)
        states.append(sorted(decision["id"] for decision in decisions(shop, "acted")))
        states.append(sorted(line.split(",")[:2] for line in (shop / EXPORT).read_text().splitlines()))
        return states

    def with_less_space(self, shop, *words):
        """Runs the command with more and more space until it succeeds; each failure is clear and leaves nothing."""
        failures = 0
        for size in SIZES:
            before = self.view(shop)
            self.disk.leave(size)
            done = attempt(*words)
            self.disk.empty()
            if done.returncode == 0:
                break
            failures += 1
            self.assertEqual(done.returncode, NO_SPACE, done.stderr)
            self.assertIn("the disk is full", done.stderr)
            self.assertIn("free some space", done.stderr)
            self.assertIn(str(shop), done.stderr)
            self.assertEqual(done.stdout, "")
            if words[0] != "daily":  # its steps are done one by one
                self.assertEqual(self.view(shop), before)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertGreater(failures, 0, words)
        self.assertEqual(list(shop.rglob("*.partial*")), [])

    def view(self, shop):
        states = sorted((decision["id"], decision["state"]) for decision in decisions(shop, ""))
        return run("data", "summary", shop, "--json")["tables"], states, (shop / EXPORT).exists()

    def test_commands_go_on_when_there_is_space_again(self):
        shop = self.disk.folder / "shop"
        self.assertEqual(self.walk(shop, self.with_less_space), self.calm_states)
        self.assertTrue(run("decisions", "check", shop, "--json")["sound"])

    def people(self, shop):
        """What replay and erasure change."""
        quarantine = run("data", "quarantine", shop, "--limit", 1000, "--json")["rows"]
        rows = sorted((row["load_id"], row["source_line"], row["rule"], row["raw"]) for row in quarantine)
        return run("data", "summary", shop, "--json")["tables"], rows, len(run("data", "loads", shop, "--json")["loads"])

    def until_there_is_space(self, shop, *words):
        """Runs the command with more and more space; until it succeeds nothing is done by half. Returns its reply."""
        failures, before = 0, self.people(shop)
        for size in SIZES:
            self.disk.leave(size)
            done = attempt(*words, "--json")
            self.disk.empty()
            if done.returncode == 0:
                break
            failures += 1
            self.assertEqual(done.returncode, NO_SPACE, done.stderr)
            self.assertIn("the disk is full", done.stderr)
            self.assertIn("free some space", done.stderr)
            self.assertEqual(done.stdout, "")
            self.assertEqual(self.people(shop), before)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertGreater(failures, 0, words)
        return json.loads(done.stdout)

    def test_a_replay_and_an_erasure_are_done_whole_or_not_at_all(self):
        self.disk = SmallDisk(64)  # of its own, as old bytes are only overwritten where there is some space
        self.addCleanup(self.disk.remove)
        shop = self.disk.folder / "people"
        run("init", shop, "--mapping", MAPPING)
        header, *lines = self.sales.read_text().splitlines()
        quantity, customer = header.split(",").index("Quantity"), header.split(",").index("CustomerID")
        cells = [line.split(",") for line in lines]
        for one in cells[::2]:
            one[quantity] += " pieces"
        person = cells[0][customer]
        sales = shop / "online_retail.csv"
        sales.write_text("\n".join([header, *(",".join(one) for one in cells)]) + "\n")
        run("load", shop, sales)
        sales.unlink()
        mapping = shop / "mapping.yaml"
        mapping.write_text(mapping.read_text().replace("quantity: Quantity", "quantity: replace(Quantity, ' pieces', '')"))
        replayed = self.until_there_is_space(shop, "data", "replay", shop)
        self.assertEqual(replayed["taken"], len(cells[::2]))
        self.assertEqual(replayed["loaded"], len(cells[::2]))
        self.assertEqual(run("data", "quarantine", shop, "--json")["rows"], [])
        rows = run("data", "summary", shop, "--json")["tables"]
        erased = self.until_there_is_space(shop, "data", "erase-customer", shop, person)
        self.assertGreater(len(erased["erased"]), 0)
        if not erased["overwritten"]:
            self.assertIn("the disk is full", erased["advice"])
        # With space the same call does what is left, and nothing else.
        again = run("data", "erase-customer", shop, person, "--json")
        self.assertEqual((again["erased"], again["overwritten"], again["advice"]), ([], True, ""))
        after = run("data", "summary", shop, "--json")["tables"]
        for before, now in zip(rows, after, strict=True):
            self.assertEqual(now["rows"], before["rows"] - (before["table"] == "customers"), now["table"])
        self.assertTrue(run("shop", "check", shop, "--json")["sound"])

    def test_a_server_goes_on_reading_and_answers_writes_with_507(self):
        shop = self.disk.folder / "served"
        run("init", shop, "--mapping", MAPPING)
        learn_little(shop)
        run("load", shop, self.sales)
        run("daily", shop, "--as-of", DAY)
        ids = sorted(decision["id"] for decision in decisions(shop, "pending"))
        server = Server(shop)
        self.addCleanup(server.kill)
        self.disk.leave(0)
        approved = self.approve_until_full(server, ids)
        self.assertLess(len(approved), len(ids))
        for _ in range(3):
            status, reply = server.call("GET", "/v1/decisions/list?state=approved&limit=1000")
            self.assertEqual((status, sorted(one["id"] for one in reply["decisions"])), (200, sorted(approved)))
            self.assertEqual(server.call("POST", "/v1/decisions/approve", {"ids": ids})[0], 507)
        self.disk.empty()
        status, reply = server.call("POST", "/v1/decisions/approve", {"ids": ids})
        self.assertEqual((status, reply["done"]), (200, len(ids)), reply)
        self.assertEqual(server.call("POST", "/v1/decisions/act", {})[0], 200)
        self.assertEqual(server.stop(), 0)
        self.assertEqual(len(decisions(shop, "acted")), len(ids))
        self.assertTrue(run("decisions", "check", shop, "--json")["sound"])

    def approve_until_full(self, server, ids):
        """Two at a time from four clients, so that groups of writes fail too; returns what was acknowledged."""
        def approve(pair):
            status, reply = server.call("POST", "/v1/decisions/approve", {"ids": pair})
            self.assertIn(status, (200, 507), reply)
            if status == 507:
                self.assertEqual(reply["code"], "no_space")
                self.assertIn("the disk is full", reply["detail"])
            return pair if status == 200 else []

        pairs = [ids[at : at + 2] for at in range(0, len(ids), 2)]
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            return [one for pair in pool.map(approve, pairs) for one in pair]


if __name__ == "__main__":
    unittest.main()
