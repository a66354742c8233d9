"""Pushed events and the inbox of a running server; kill -9 loses no acknowledged event and stores none twice."""

import http.client
import os
import pathlib
import random
import shutil
import tempfile
import threading
import time
import unittest

from tests.program import MAPPING, Server, run, write_sales

KILLS = 5


def batch(name, first, count):
    items = [{"item_id": f"sku{number % 50}", "quantity": 1, "price": 2.5} for number in range(2)]
    return [{"event_id": f"{name}-{number}", "name": "view_item", "params": {"items": items}}
            for number in range(first, first + count)]


class Client(threading.Thread):
    """Sends batches until the server dies; knows which events were acknowledged."""

    def __init__(self, server, name):
        super().__init__()
        self.server, self.name, self.acknowledged, self.sent = server, name, [], []

    def run(self):
        try:
            for first in range(0, 100_000, 20):
                events = batch(self.name, first, 20)
                self.sent += events
                status, reply = self.server.call("POST", "/v1/data/events", {"client_id": "v", "events": events})
                if status != 200 or reply["refused"] != 0:
                    return
                self.acknowledged += [event["event_id"] for event in events]
        except (OSError, ValueError, http.client.HTTPException):
            return


def stored_events(shop):
    """How often each event is there, by its id."""
    found, cursor = {}, ""
    while True:
        words = ["--cursor", cursor] if cursor else []
        reply = run("data", "rows", shop, "--table", "events", "--limit", 1000, "--json", *words)
        for row in reply["rows"]:
            name = row.split('"event_id":"')[1].split('"')[0]
            found[name] = found.get(name, 0) + 1
        cursor = reply["next_cursor"]
        if not cursor:
            return found


class EventsTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="suanpan-events-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.shop = self.folder / "shop"
        run("init", self.shop, "--mapping", MAPPING)

    def test_a_killed_server_has_every_acknowledged_event_once(self):
        draw = random.Random(20261125)
        server = Server(self.shop)
        acknowledged, sent = [], []
        for kill in range(KILLS):
            clients = [Client(server, f"k{kill}c{number}") for number in range(3)]
            for client in clients:
                client.start()
            time.sleep(draw.uniform(0.3, 1.0))
            server.kill()
            for client in clients:
                client.join()
                acknowledged += client.acknowledged
                sent += client.sent
            server.start(self.shop)
        # What nobody knows of is sent again.
        for first in range(0, len(sent), 1000):
            status, reply = server.call("POST", "/v1/data/events", {"client_id": "v", "events": sent[first:first + 1000]})
            self.assertEqual((status, reply["refused"]), (200, 0))
        self.assertEqual(server.stop(), 0)
        found = stored_events(self.shop)
        self.assertGreater(len(acknowledged), 20 * KILLS)
        expected = {event["event_id"] for event in sent}
        expected |= {name + "#2" for name in expected}
        self.assertEqual(set(found), expected)
        self.assertEqual(set(found.values()), {1})
        print(f"  {len(acknowledged)} acknowledged before {KILLS} kills, {len(sent)} sent")

    def test_acknowledged_events_are_there_without_sending_them_again(self):
        server = Server(self.shop)
        client = Client(server, "c")
        client.start()
        time.sleep(0.7)
        server.kill()
        client.join()
        found = stored_events(self.shop)
        self.assertGreater(len(client.acknowledged), 0)
        self.assertEqual([name for name in client.acknowledged if found.get(name) != 1], [])

    def test_the_inbox_is_watched(self):
        inbox = self.shop / "inbox"
        inbox.mkdir(exist_ok=True)
        write_sales(inbox / "online_retail.csv", orders=50)
        (inbox / "online_retail-broken.csv").write_text("a,b\n1,2\n")
        (inbox / "online_retail-on-its-way.csv.part").write_text("half")
        server = Server(self.shop)
        write_sales(inbox / "online_retail-new.csv", orders=60)  # just now: not settled
        for name in ("online_retail.csv", "online_retail-broken.csv", "online_retail-on-its-way.csv.part"):
            os.utime(inbox / name, (time.time() - 60, time.time() - 60))
        self.wait_for(inbox / "refused/online_retail-broken.csv.txt")
        self.assertIn("the file has the columns a, b", (inbox / "refused/online_retail-broken.csv.txt").read_text())
        self.wait_for(inbox / "done/online_retail.csv")
        self.assertTrue((inbox / "online_retail-on-its-way.csv.part").exists())
        self.wait_for(inbox / "done/online_retail-new.csv")
        self.assertEqual(server.stop(), 0)
        tables = {table["table"]: table["rows"] for table in run("data", "summary", self.shop, "--json")["tables"]}
        self.assertGreater(tables["order_lines"], 0)

    def wait_for(self, file):
        for _ in range(600):
            if file.exists():
                return
            time.sleep(0.1)
        self.fail(f"{file.name} did not come")


if __name__ == "__main__":
    unittest.main()
