"""docs/quickstart.md does what it says: its blocks run in order, and the Chinese page has the same ones. What pip would install is
taken from the folder, since tests stay on this machine."""

import base64
import contextlib
import hashlib
import hmac
import io
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

from tests import program

PAGE, CHINESE = (program.ROOT / "docs" / name for name in ("quickstart.md", "quickstart.zh.md"))
INSTALL = "pip install --quiet ./clients/python\n"


def blocks(page):
    return re.findall(r"^```(sh|python)\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Quickstart(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory(prefix="suanpan-quickstart-")
        cls.addClassCleanup(scratch.cleanup)
        cls.folder, cls.port = pathlib.Path(scratch.name), free_port()
        (cls.folder / "bin").mkdir()
        (cls.folder / "bin/suanpan").symlink_to(program.PROGRAM)
        cls.environment = {**os.environ, "PATH": f"{cls.folder / 'bin'}:{os.environ['PATH']}"}
        sys.path.insert(0, str(program.ROOT / "clients/python"))
        cls.addClassCleanup(sys.path.remove, str(program.ROOT / "clients/python"))
        cls.names, cls.printed = {}, []
        before = os.getcwd()
        os.chdir(cls.folder)
        try:
            for language, code in blocks(PAGE):
                cls.printed.append(cls.run_block(language, code.replace(":8080", f":{cls.port}").replace(" 8080", f" {cls.port}")))
        finally:
            os.chdir(before)

    @classmethod
    def run_block(cls, language, code):
        if code == INSTALL:
            return ""
        if language == "python":
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(code, PAGE.name, "exec"), cls.names)
            return out.getvalue()
        served, _, last = code.rpartition("suanpan serve ")
        if served:
            cls.shell(served)
            cls.serve(last)
            return ""
        return cls.shell(code)

    @classmethod
    def shell(cls, code):
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", code], cwd=cls.folder, env=cls.environment, capture_output=True,
                              text=True, timeout=120, check=False)
        if done.returncode:
            raise AssertionError(f"{code}: exit status {done.returncode}: {done.stderr}")
        return done.stdout

    @classmethod
    def serve(cls, words):
        server = subprocess.Popen([cls.folder / "bin/suanpan", "serve", *words.rstrip("&\n ").split()], cwd=cls.folder,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        cls.addClassCleanup(server.wait)
        cls.addClassCleanup(server.terminate)
        for _ in range(300):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{cls.port}/ready").close()
                return
            time.sleep(0.1)
        raise AssertionError("the server does not answer")

    def test_the_forecast_orders_and_events_came(self):
        forecast, orders, events = self.printed[3], self.printed[4], self.printed[5]
        self.assertEqual(forecast.count("'units'"), 3, forecast)
        self.assertIn("Order ", orders)
        self.assertTrue(orders.endswith("1 approved\n"), orders)
        self.assertIn("'stored': 1", events)
        self.assertEqual(json.loads(self.printed[7])["shop"], "Demo shop")

    def test_a_letter_is_known_by_its_signature(self):
        secret, body, now = "whsec_" + base64.b64encode(b"k" * 32).decode(), b'{"type":"decision.acted"}', str(int(time.time()))
        signed = base64.b64encode(hmac.new(b"k" * 32, f"one.{now}.".encode() + body, hashlib.sha256).digest()).decode()
        headers = {"webhook-id": "one", "webhook-timestamp": now, "webhook-signature": f"v1,AAAA v1,{signed}"}
        self.names["receiver"] = self.names["Receiver"](secret)
        answer = self.names["answer"]
        with contextlib.redirect_stdout(io.StringIO()) as out:
            self.assertEqual(answer(headers, body), 200)
        self.assertIn("to be acted on", out.getvalue())
        self.assertEqual(answer(headers, body), 200, "taken before: it is thanked for and not acted on")
        self.assertEqual(answer(headers, body + b" "), 400)
        self.assertEqual(answer({**headers, "webhook-timestamp": str(int(now) - 301)}, body), 400)

    def test_the_chinese_page_has_the_same_blocks(self):
        self.assertEqual(blocks(CHINESE), blocks(PAGE))


if __name__ == "__main__":
    unittest.main()
