"""Faults that a shop meets: two programs at once, missing rights, damaged files, a killed server.

Each error says what was wrong, where, and what to do; its exit status is stable.
"""

import http.client
import json
import os
import pathlib
import random
import shutil
import tempfile
import threading
import time
import unittest

from tests.program import MAPPING, Server, attempt, decisions, learn_little, run, start, write_sales

DAY = "2011-11-14"
INVALID, NOT_FOUND, CONFLICT, IO, UNAVAILABLE = 2, 5, 6, 10, 11  # exit statuses
NOBODY = 65534


def become_nobody():
    """A user without rights, in the child between fork and exec; who is no superuser stays as they are."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def give_to_nobody(folder):
    if os.getuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)


class ShopTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="suanpan-faults-"))
        cls.folder.chmod(0o755)
        cls.addClassCleanup(cls.remove)
        cls.sales = cls.folder / "online_retail.csv"
        write_sales(cls.sales, orders=2_000, items=30)

    @classmethod
    def remove(cls):
        for path in (cls.folder, *cls.folder.rglob("*")):
            if path.is_dir():
                path.chmod(0o755)
        shutil.rmtree(cls.folder)

    def new_shop(self):
        shop = self.folder / self.id().rsplit(".", 1)[1]
        run("init", shop, "--mapping", MAPPING)
        learn_little(shop)
        return shop

    def shop_with_orders(self):
        shop = self.new_shop()
        run("load", shop, self.sales)
        run("daily", shop, "--as-of", DAY)
        return shop

    def assert_fails(self, words, status, *phrases, **options):
        done = attempt(*words, **options)
        self.assertEqual(done.returncode, status, done.stderr)
        for phrase in phrases:
            self.assertIn(str(phrase), done.stderr)
        self.assertEqual(done.stdout, "")


class TwoAtOnceTest(ShopTest):
    def load_together(self, shop, files):
        processes = [start("load", shop, file, "--json") for file in files]
        for process in processes:
            out, error = process.communicate(timeout=120)
            self.assertEqual(process.returncode, 0, error)
            yield out

    def test_the_same_file_is_loaded_once(self):
        shop = self.new_shop()
        replies = list(self.load_together(shop, [self.sales, self.sales]))
        loaded = sorted('"loaded":2000,' in reply for reply in replies)
        self.assertEqual(loaded, [False, True], replies)
        calm = self.folder / "calm_same"
        run("init", calm, "--mapping", MAPPING)
        run("load", calm, self.sales)
        tables = [run("data", "summary", one, "--json")["tables"] for one in (shop, calm)]
        self.assertEqual(*tables)

    def test_different_files_are_both_in(self):
        shop = self.new_shop()
        header, *lines = self.sales.read_text().splitlines(keepends=True)
        halves = [self.folder / "online_retail_a.csv", self.folder / "online_retail_b.csv"]
        halves[0].write_text(header + "".join(lines[:1000]))
        halves[1].write_text(header + "".join(lines[1000:]))
        list(self.load_together(shop, halves))
        calm = self.folder / "calm_halves"
        run("init", calm, "--mapping", MAPPING)
        for half in halves:
            run("load", calm, half)
        tables = [run("data", "summary", one, "--json")["tables"] for one in (shop, calm)]
        self.assertEqual(*tables)

    def hold(self, shop):
        """A program that has the shop open until its standard input ends."""
        holder = start("mcp", shop, stdin=-1)
        self.addCleanup(holder.communicate)
        holder.stdin.write('{"jsonrpc":"2.0","id":1,"method":"ping"}\n')
        holder.stdin.flush()
        self.assertIn('"id":1', holder.stdout.readline())
        return holder

    def test_who_waits_gets_the_shop(self):
        shop = self.new_shop()
        holder = self.hold(shop)
        waiting = start("load", shop, self.sales)
        time.sleep(0.5)
        self.assertIsNone(waiting.poll())
        holder.communicate()
        _, error = waiting.communicate(timeout=60)
        self.assertEqual(waiting.returncode, 0, error)
        self.assertEqual(holder.returncode, 0)

    def test_who_waits_in_vain_is_told_what_to_do(self):
        shop = self.new_shop()
        self.hold(shop)
        self.assert_fails(["serve", shop, "--port", 0], UNAVAILABLE, shop, "another program has the shop open",
                          "wait for it, or stop it")


class RightsTest(ShopTest):
    def as_nobody(self, words, *phrases):
        self.assert_fails(words, IO, *phrases, "permission", preexec_fn=become_nobody)

    def test_a_folder_that_may_not_be_entered(self):
        shop = self.new_shop()
        shop.chmod(0o000)
        for words in (["load", shop, self.sales], ["daily", shop], ["serve", shop], ["mcp", shop],
                      ["decisions", "list", shop]):
            with self.subTest(words[0]):
                self.as_nobody(words, shop, "check")

    def test_a_read_only_shop(self):
        shop = self.new_shop()
        give_to_nobody(shop)
        for path in shop.rglob("*"):
            path.chmod(0o555 if path.is_dir() else 0o444)
        shop.chmod(0o555)
        for words in (["load", shop, self.sales], ["data", "summary", shop], ["serve", shop]):
            with self.subTest(words[0]):
                self.as_nobody(words, shop / "shop.duckdb", "check the owner")

    def test_a_read_only_folder_with_a_writable_database(self):
        shop = self.new_shop()
        give_to_nobody(shop)
        shop.chmod(0o555)
        self.as_nobody(["load", shop, self.sales], shop, "check the owner")

    def test_no_rights_on_exports_leaves_the_orders_approved(self):
        shop = self.shop_with_orders()
        pending = [decision["id"] for decision in decisions(shop, "pending")]
        run("decisions", "approve", shop, *pending)
        give_to_nobody(shop)
        (shop / "exports").chmod(0o555)
        self.as_nobody(["act", shop], shop / f"exports/orders-{DAY}.csv", "check the owner")
        self.assertEqual(len(decisions(shop, "approved")), len(pending))
        (shop / "exports").chmod(0o755)
        run("act", shop)
        self.assertEqual(len(decisions(shop, "acted")), len(pending))

    def test_a_file_that_may_not_be_read(self):
        shop = self.new_shop()
        give_to_nobody(shop)
        secret = self.folder / "online_retail_secret.csv"
        shutil.copy(self.sales, secret)
        secret.chmod(0o000)
        self.assert_fails(["load", shop, secret], IO, secret, "may not be read", preexec_fn=become_nobody)

    def test_a_place_where_no_shop_can_be_made(self):
        closed = self.folder / "closed"
        closed.mkdir()
        closed.chmod(0o000)
        for words in (["init", closed / "shop", "--mapping", MAPPING], ["serve", closed / "shop"],
                      ["load", closed / "shop", self.sales], ["load", self.folder, closed / "x.csv"]):
            done = attempt(*words, preexec_fn=become_nobody)
            self.assertIn(done.returncode, (IO, NOT_FOUND), done.stderr)
            self.assertNotIn("terminate", done.stderr)


class DamageTest(ShopTest):
    def test_no_shop(self):
        for place in (self.folder / "nowhere", self.sales):
            self.assert_fails(["load", place, self.sales], NOT_FOUND, place, "no shop here", "suanpan init")
        self.assert_fails(["serve", self.folder / "nowhere"], NOT_FOUND, "suanpan init")

    def test_a_database_of_garbage(self):
        shop = self.new_shop()
        for content in (b"hello", random.Random(1).randbytes(300_000), b""):
            (shop / "shop.duckdb").write_bytes(content)
            for words in (["load", shop, self.sales], ["serve", shop]):
                self.assert_fails(words, IO, shop / "shop.duckdb", "damaged", "restore a backup")
            self.assertEqual((shop / "shop.duckdb").read_bytes(), content)

    def test_a_truncated_database(self):
        """Where its catalog was cut off it does not open; where only rows were, the check finds it. Both say what to do."""
        shop = self.shop_with_orders()
        database = shop / "shop.duckdb"
        os.truncate(database, database.stat().st_size // 2)
        done = attempt("shop", "check", shop, "--json")
        opened = done.returncode == 0
        if opened:
            checked = json.loads(done.stdout)
            self.assertFalse(checked["sound"])
            self.assertTrue(any("damaged" in problem and "restore a backup" in problem for problem in checked["problems"]))
        else:
            self.assert_fails(["shop", "check", shop], IO, database, "damaged", "suanpan restore")
        self.assert_fails(["decisions", "list", shop], IO, database, "damaged", "suanpan restore")
        restore = ["restore", shop, self.folder / "from_damaged"]
        if opened:
            self.assert_fails(restore, CONFLICT, "not sound", "use another one")
        else:
            self.assert_fails(restore, IO, "damaged")
        self.assertFalse((self.folder / "from_damaged").exists())

    def test_flipped_bits_are_found(self):
        shop = self.shop_with_orders()
        self.assertTrue(run("shop", "check", shop, "--json")["sound"])
        database = shop / "shop.duckdb"
        content = bytearray(database.read_bytes())
        for at in range(600_000, len(content), 100_000):
            content[at] ^= 1
        database.write_bytes(content)
        done = attempt("shop", "check", shop, "--json")
        self.assertTrue(done.returncode == IO or '"sound":false' in done.stdout, done.stdout + done.stderr)
        self.assertIn("restore a backup", done.stdout + done.stderr)

    def test_a_write_ahead_log_with_flipped_bits(self):
        shop = self.new_shop()
        server = Server(shop)
        server.call("POST", "/v1/keys/create", {"name": "second", "role": "viewer"})
        server.kill()
        log = shop / "shop.duckdb.wal"
        content = bytearray(log.read_bytes())
        content[len(content) // 2] ^= 255
        log.write_bytes(content)
        self.assert_fails(["data", "summary", shop], IO, shop, "damaged", "restore a backup")
        self.assertEqual(log.read_bytes(), content)

    def test_a_database_that_is_gone_takes_no_writes(self):
        """Its files are moved away, and put back, while a server has them open: nothing of what failed is done."""
        shop = self.new_shop()
        header, *lines = self.sales.read_text().splitlines()
        mended = [line.replace(",2.50,", ",2.50 pounds,") for line in lines[:50]]
        sales = self.folder / "online_retail_gone.csv"
        sales.write_text("\n".join([header, *mended, *lines[50:]]) + "\n")
        run("load", shop, sales)
        mapping = shop / "mapping.yaml"
        mapping.write_text(mapping.read_text().replace("unit_price: UnitPrice", "unit_price: replace(UnitPrice, ' pounds', '')"))
        server = Server(shop)
        self.addCleanup(server.kill)
        before = server.call("GET", "/v1/data/summary"), server.call("GET", "/v1/data/quarantine")
        self.assertEqual(len(before[1][1]["rows"]), 50)
        commands = [["data", "replay", shop], ["data", "erase-customer", shop, "17850"]]  # the server does them
        database, elsewhere = shop / "shop.duckdb", shop / "elsewhere"
        database.rename(elsewhere)
        for words in commands:
            self.assert_fails(words, IO, "the shop's database is gone from its place, and nothing was changed", "put it back")
        self.assertEqual((server.call("GET", "/v1/data/summary"), server.call("GET", "/v1/data/quarantine")), before)
        elsewhere.rename(database)
        for words in commands:
            run(*words)
        self.assertEqual(server.call("GET", "/v1/data/quarantine")[1]["rows"], [])
        self.assertEqual(server.stop(), 0)
        self.assertTrue(run("shop", "check", shop, "--json")["sound"])

    def test_broken_settings(self):
        shop = self.new_shop()
        settings = shop / "shop.yaml"
        for text, phrases in {
            "name: [": [f"{settings}:1", "not valid YAML"],
            "": ["not a YAML mapping", "write lines such as"],
            "curency: GBP": ['"curency"', "known are", "currency"],
            "currency: pounds": ['"pounds"', "such as GBP"],
            "language: xx": ['"xx"', "en and zh"],
            "time_zone: Mars/Base": ['"Mars/Base"', "such as Europe/London"],
            "policies: {stock.order: {approve_below: many}}": ["wrong kind", "number"],
        }.items():
            settings.write_text(text)
            for words in (["load", shop, self.sales], ["serve", shop]):
                self.assert_fails(words, INVALID, settings, *phrases)

    def test_broken_mappings(self):
        shop = self.new_shop()
        mapping = shop / "mapping.yaml"
        good = mapping.read_text()
        for text, phrases in {
            "sources: [": [f"{mapping}:1", "not valid YAML"],
            "": [mapping, "not a YAML mapping"],
            "sources: {}": [mapping, "no sources"],
            good.replace("sources:", "sorces:"): [mapping, '"sorces"', "known are"],
            good.replace("Quantity", "Quantty"): [f"{mapping}:", "order_lines", "Quantty", "Quantity"],
        }.items():
            mapping.write_text(text)
            self.assert_fails(["load", shop, self.sales], INVALID, *phrases)
        line = 1 + next(at for at, text in enumerate(good.splitlines()) if "item_id:" in text)
        broken = self.folder / "unknown_function.yaml"
        broken.write_text(good.replace("item_id: ", "item_id: nosuchfunction() || ", 1))
        self.assert_fails(["init", self.folder / "never", "--mapping", broken], INVALID, f"{broken}:{line}",
                          "order_lines.item_id", "nosuchfunction", "no shop was made")
        self.assertFalse((self.folder / "never").exists())
        mapping.unlink()
        self.assert_fails(["load", shop, self.sales], NOT_FOUND, mapping, "check its name")
        mapping.write_text(good)
        run("load", shop, self.sales)


class RestoreTest(ShopTest):
    def test_a_backup_becomes_a_shop_again(self):
        shop = self.shop_with_orders()
        backup, restored = self.folder / "backup", self.folder / "restored"
        run("shop", "backup", shop, "--folder", backup)
        run("restore", backup, restored)
        for words in (["decisions", "list"], ["data", "summary"], ["shop", "check"]):
            self.assertEqual(run(*words, restored, "--json"), run(*words, shop, "--json"))
        self.assert_fails(["restore", backup, restored], CONFLICT, restored, "choose a new folder")
        self.assert_fails(["restore", self.folder, self.folder / "other"], NOT_FOUND, "no backup", "shop backup")
        self.assertEqual([path.name for path in self.folder.glob("*.partial*")], [])

    def test_a_backup_while_writes_go_on_is_a_moment(self):
        shop = self.shop_with_orders()
        ids = sorted(decision["id"] for decision in decisions(shop, "pending"))
        server = Server(shop)
        self.addCleanup(server.kill)
        writer = threading.Thread(
            target=lambda: [server.call("POST", "/v1/decisions/approve", {"ids": [one]}) for one in ids])
        writer.start()
        backups = [self.folder / f"moment{number}" for number in range(3)]
        for backup in backups:
            run("shop", "backup", shop, "--folder", backup)
        self.assert_fails(["restore", shop, self.folder / "torn"], UNAVAILABLE, shop, "shop backup")
        writer.join()
        counts = []
        for backup in backups:
            run("restore", backup, self.folder / f"{backup.name}_restored")
            counts.append(len(decisions(self.folder / f"{backup.name}_restored", "approved")))
        self.assertEqual(counts, sorted(counts))
        self.assertEqual(server.stop(), 0)


class KilledServerTest(ShopTest):
    def test_every_acknowledged_approval_survives(self):
        shop = self.shop_with_orders()
        draw = random.Random(5)
        server = Server(shop)
        for _ in range(4):
            waiting = sorted(decision["id"] for decision in decisions(shop, "pending"))
            before = len(decisions(shop, "approved"))
            acknowledged = self.approve_until_killed(server, waiting, draw.uniform(0.01, 0.06))
            server.start(shop)
            approved = {decision["id"] for decision in decisions(shop, "approved")}
            self.assertLessEqual(acknowledged, approved)
            # What was under way may have been written, one request a client, but nothing else.
            self.assertLessEqual(len(approved), before + len(acknowledged) + 4)
            self.assertTrue(run("decisions", "check", shop, "--json")["sound"])
        self.assertEqual(server.stop(), 0)
        self.assertTrue(run("shop", "check", shop, "--json")["sound"])

    def approve_until_killed(self, server, ids, seconds):
        acknowledged = set()

        def client(mine):
            for one in mine:
                try:
                    status, _ = server.call("POST", "/v1/decisions/approve", {"ids": [one]})
                except (OSError, ValueError, http.client.HTTPException):
                    return
                if status == 200:
                    acknowledged.add(one)

        clients = [threading.Thread(target=client, args=(ids[number::4],)) for number in range(4)]
        for one in clients:
            one.start()
        time.sleep(seconds)
        server.kill()
        for one in clients:
            one.join()
        return acknowledged


if __name__ == "__main__":
    unittest.main()
