"""A PostgreSQL server as a source: what is new is read, a restart in the middle loses nothing, and no password is told."""

import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from tests.program import attempt, run, start

MAPPING = """
shop: {name: Test, currency: GBP, time_zone: Asia/Shanghai, language: en}
sources:
  - name: orders
    postgres: {connect: "env:SUANPAN_TEST_ERP", table: sales.orders, key: id, batch: 500}
    into:
      - table: order_lines
        fields: {order_id: id, line: "'1'", item_id: sku, ordered_at: placed, quantity: units, unit_price: price,
                 cancelled: gone}
  - name: items
    postgres: {connect: "env:SUANPAN_TEST_ERP", query: "SELECT sku, title, changed FROM sales.items", key: changed}
    into:
      - table: items
        fields: {item_id: sku, title: title}
"""
ROWS = 5_000


def programs():
    places = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))
    return places[-1] if places else None


def unprivileged():
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            person = pwd.getpwnam(name)
            return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
        except KeyError:
            continue
    return None


class Postgres:
    def __init__(self, folder):
        self.folder, self.person = folder, unprivileged()
        if self.person:
            os.chown(folder, self.person["user"], self.person["group"])
        secret = folder / "secret"
        secret.write_text("s3cret")
        secret.chmod(0o644)
        self.call("initdb", "-D", folder / "data", "-U", "erp", "--auth=scram-sha-256", f"--pwfile={secret}", "-E", "UTF8",
                  "--no-sync", "--locale=C")
        self.start()

    def call(self, program, *words, **options):
        done = subprocess.run([programs() / program, *map(str, words)], capture_output=True, text=True, timeout=60,
                              check=False, cwd=self.folder, **self.person, **options)
        if done.returncode != 0:
            raise AssertionError(f"{program}: {done.stderr}")
        return done.stdout

    def start(self):
        self.process = subprocess.Popen(
            [programs() / "postgres", "-D", self.folder / "data", "-k", self.folder, "-c", "listen_addresses=",
             "-c", "fsync=off"], stderr=subprocess.DEVNULL, cwd=self.folder, **self.person)
        for _ in range(300):
            try:
                self.sql("SELECT 1")
                return
            except AssertionError:
                time.sleep(0.1)
        raise AssertionError("the server did not start")

    def stop(self):
        self.process.send_signal(signal.SIGINT)  # at once, open sessions or not
        self.process.wait(timeout=60)

    def sql(self, text):
        return self.call("psql", "-h", self.folder, "-U", "erp", "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-qAt", "-c",
                         text, env={"PGPASSWORD": "s3cret", "PATH": os.environ["PATH"]})


def skipped():
    if programs() is None:
        return "PostgreSQL is not here"
    if unprivileged() is None:
        return "there is no other user to run PostgreSQL as"
    return ""


@unittest.skipIf(skipped(), skipped())
class PostgresTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="suanpan-postgres-"))
        self.folder.chmod(0o755)
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        (self.folder / "server").mkdir()
        self.server = Postgres(self.folder / "server")
        self.addCleanup(self.server.stop)
        os.environ["SUANPAN_TEST_ERP"] = f"host={self.server.folder} dbname=postgres user=erp password=s3cret"
        (self.folder / "mapping.yaml").write_text(MAPPING)
        self.shop = self.folder / "shop"
        run("init", self.shop, "--mapping", self.folder / "mapping.yaml")
        self.server.sql(f"""
            CREATE SCHEMA sales;
            CREATE TABLE sales.orders (id bigint, sku text, placed timestamptz, units int, price numeric, gone boolean);
            INSERT INTO sales.orders SELECT i, 'sku' || i % 7, '2026-01-01 16:30:00+00'::timestamptz, 2, 2.50, i % 100 = 0
            FROM generate_series(1, {ROWS}) AS i;
            CREATE TABLE sales.items (sku text, title text, changed timestamptz);
            INSERT INTO sales.items SELECT 'sku' || i, E'two\\nlines, "' || i || '"', '2026-01-01' FROM generate_series(0, 6) AS i""")

    def pull(self, source="orders"):
        return run("data", "pull", self.shop, source, "--json")

    def orders(self):
        tables = run("data", "summary", self.shop, "--json")["tables"]
        return next(table["rows"] for table in tables if table["table"] == "order_lines")

    def size(self):
        return sum(file.stat().st_size for file in self.shop.glob("shop.duckdb*"))

    def test_what_is_new_is_read(self):
        reply = self.pull()
        self.assertEqual((reply["read"], reply["loaded"], reply["batches"], reply["up_to"]), (ROWS, ROWS, 10, str(ROWS)))
        row = run("data", "rows", self.shop, "--table", "order_lines", "--limit", 1, "--json")["rows"][0]
        self.assertIn('"day":"2026-01-02"', row)  # in Shanghai
        self.assertIn('"unit_price":250', row)
        self.assertEqual(self.pull()["read"], 0)
        self.server.sql("INSERT INTO sales.orders VALUES (6000, 'sku1', '2026-02-01', 1, 1, false), "
                        "(6001, 'sku1', '2026-02-01', 1, 1, NULL), (6002, NULL, '2026-02-01', 1, 1, false)")
        reply = self.pull()
        self.assertEqual((reply["read"], reply["loaded"], reply["quarantined"]), (3, 2, 1))
        aside = run("data", "quarantine", self.shop, "--json")["rows"]
        self.assertEqual([(row["rule"], row["source_line"]) for row in aside], [("missing item_id", 3)])

    def test_rows_of_one_time_stay_together_and_changed_ones_come_again(self):
        self.assertEqual(self.pull("items")["loaded"], 7)
        self.server.sql("UPDATE sales.items SET title = 'Cup', changed = '2026-01-02' WHERE sku = 'sku3'")
        reply = self.pull("items")
        self.assertEqual((reply["read"], reply["loaded"]), (1, 1))
        row = run("data", "rows", self.shop, "--table", "items", "--item-id", "sku3", "--json")["rows"][0]
        self.assertIn('"title":"Cup"', row)

    def compare_every(self, interval):
        (self.shop / "mapping.yaml").write_text(MAPPING.replace("key: id,", f"key: id, compare: {interval},"))

    def test_rows_deleted_there_go_when_all_are_compared(self):
        self.compare_every("1 day")
        self.assertFalse(self.pull()["compared"])  # all is new
        self.server.sql("DELETE FROM sales.orders WHERE id IN (1, 77, 2500, 5000)")
        self.server.sql("UPDATE sales.orders SET units = 9 WHERE id = 78")
        self.server.sql("INSERT INTO sales.orders VALUES (6000, 'sku1', '2026-02-01', 1, 1, false)")
        reply = self.pull()
        self.assertEqual({name: reply[name] for name in ("compared", "read", "loaded", "unchanged", "removed", "up_to")},
                         {"compared": True, "read": ROWS - 3, "loaded": 2, "unchanged": ROWS - 5, "removed": 4, "up_to": "6000"})
        self.assertEqual(self.orders(), ROWS - 3)
        self.server.sql("DELETE FROM sales.orders WHERE id = 6000")
        self.assertEqual(self.pull()["removed"], 0)  # within the day
        self.assertEqual(self.orders(), ROWS - 3)
        self.compare_every("0 days")
        self.assertEqual(self.pull()["removed"], 1)
        self.server.sql("INSERT INTO sales.orders VALUES (77, 'sku0', '2026-02-01', 1, 1, false)")
        reply = self.pull()
        self.assertEqual((reply["loaded"], reply["removed"]), (1, 0))  # below the highest key
        self.assertEqual(self.orders(), ROWS - 3)

    def test_an_empty_table_and_a_wrong_interval_remove_nothing(self):
        self.compare_every("0 days")
        self.pull()
        self.server.sql("BEGIN; CREATE TABLE sales.kept AS SELECT * FROM sales.orders; TRUNCATE sales.orders; COMMIT")
        reply = self.pull()
        self.assertEqual((reply["compared"], reply["removed"]), (False, 0))
        self.assertEqual(self.orders(), ROWS)
        self.compare_every("often")
        self.assertIn('`compare` is how often all rows are read, such as "1 day", not "often"',
                      attempt("data", "pull", self.shop, "orders").stderr)

    def test_a_restart_in_the_middle_loses_nothing(self):
        self.server.sql("INSERT INTO sales.orders SELECT i, 'sku1', '2026-01-01', 1, 1, false "
                        "FROM generate_series(10001, 40000) AS i")
        process = start("data", "pull", self.shop, "orders", "--json")
        before = self.size()
        for _ in range(600):  # until some batches are in
            if process.poll() is not None or self.size() > before + 100_000:
                break
            time.sleep(0.05)
        self.server.stop()
        _, errors = process.communicate(timeout=100)
        self.assertNotIn("s3cret", errors)
        if process.returncode != 0:
            self.assertIn("the PostgreSQL server cannot be reached or went away", errors)
            self.assertIn("call data.pull again to go on from there", errors)
        there = self.orders()
        failed = attempt("data", "pull", self.shop, "orders")
        self.assertNotEqual(failed.returncode, 0)
        self.assertIn("cannot be reached", failed.stderr)
        self.server.start()
        self.pull()
        self.assertEqual(self.orders(), ROWS + 30_000)
        print(f"  {there} rows were there when the server stopped")

    def test_no_password_is_told(self):
        os.environ["SUANPAN_TEST_ERP"] = os.environ["SUANPAN_TEST_ERP"].replace("s3cret", "wr0ng")
        failed = attempt("data", "pull", self.shop, "orders")
        self.assertIn("password authentication failed", failed.stderr)
        self.assertNotIn("wr0ng", failed.stderr)
        del os.environ["SUANPAN_TEST_ERP"]
        self.assertIn("this variable is not set", attempt("data", "pull", self.shop, "orders").stderr)
        kept = [file for file in self.shop.rglob("*") if file.is_file() and b"s3cret" in file.read_bytes()]
        self.assertEqual(kept, [])

    def test_the_server_says_what_is_wrong(self):
        mapping = self.shop / "mapping.yaml"
        mapping.write_text(MAPPING.replace("sales.orders", "sales.nothing"))
        self.assertIn('refuses: ERROR:  relation "sales.nothing" does not exist', attempt("data", "pull", self.shop, "orders").stderr)
        mapping.write_text(MAPPING.replace("key: id", "key: number"))
        self.assertIn('column "number" does not exist', attempt("data", "pull", self.shop, "orders").stderr)


if __name__ == "__main__":
    unittest.main()
