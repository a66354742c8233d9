"""The webhook of a shop against a receiver on loopback: signed, retried, safe from kill -9, dead letters kept."""

import base64
import hashlib
import hmac
import http.server
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from tests import foreign

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "clients/python"))
from suanpan_client import webhooks  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("SUANPAN", str(ROOT / "build/release/src/suanpan"))
DAY = "2011-11-14"
HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
ENVIRONMENT = {**os.environ, "no_proxy": "127.0.0.1", "NO_PROXY": "127.0.0.1"}


def run(*words, check=True):
    done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, timeout=60, env=ENVIRONMENT)
    if check and done.returncode != 0:
        raise AssertionError(f"{words}: {done.stderr}")
    if not check:
        return done
    return json.loads(done.stdout) if "--json" in words else done.stdout


class Receiver:
    """Keeps what it is sent; answers each letter with the next of `answers`, then 200. An answer may be a function."""

    def __init__(self):
        self.letters = []
        self.answers = []
        self.released = threading.Event()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.letters.append((self.path, dict(self.headers), body))
                answer = receiver.answers.pop(0) if receiver.answers else 200
                if callable(answer):
                    answer = answer()
                try:
                    self.send_response(answer)
                    if answer == 302:
                        self.send_header("Location", "/elsewhere")
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                except OSError:
                    pass  # the sender has gone

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/in"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def ids(self):
        return [headers["webhook-id"] for _, headers, _ in self.letters]

    def close(self):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()


class WebhookTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        """One shop with proposals, copied for each test."""
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="suanpan-webhook-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        sales = cls.folder / "online_retail.csv"
        with open(sales, "w") as out:
            out.write(HEADER)
            for day in range(0, 330, 2):
                date = time.strftime("%Y-%m-%d", time.gmtime(1293840000 + 86400 * day))
                for item in range(3):
                    out.write(f"{day}{item},1000{item},THING {item},{4 + day % 5},{date} 10:00:00,2.50,17850,France\n")
        run("init", cls.folder / "shop", "--mapping", ROOT / "examples/online_retail.yaml")
        run("load", cls.folder / "shop", sales)
        run("daily", cls.folder / "shop", "--as-of", DAY)

    def setUp(self):
        self.receiver = Receiver()
        self.addCleanup(self.receiver.close)
        self.shop = self.folder / self.id().rsplit(".", 1)[-1]
        shutil.copytree(self.folder / "shop", self.shop)

    def declare(self, url=None, **settings):
        """Writes the webhook into shop.yaml and makes its secret; gives the key."""
        settings = {"url": url or self.receiver.url, "first_pause_seconds": 0.01, "timeout_seconds": 5, **settings}
        lines = "".join(f"  webhooks.stock.order.{name}: {value}\n" for name, value in settings.items())
        text = (self.shop / "shop.yaml").read_text()
        self.assertIn("\noptions:\n", text)
        (self.shop / "shop.yaml").write_text(text.replace("\noptions:\n", "\noptions:\n" + lines))
        secret = run("decisions", "webhook-secret", self.shop, "stock.order", "--json")["secret"]
        return base64.b64decode(secret.removeprefix("whsec_"))

    def pending(self):
        return sorted(row["id"] for row in self.decisions("pending"))

    def decisions(self, state):
        return run("decisions", "list", self.shop, "--state", state, "--kind", "stock.order", "--json")["decisions"]

    def letters(self, state):
        return run("decisions", "deliveries", self.shop, "--state", state, "--json")["deliveries"]

    def approve(self, count):
        chosen = self.pending()[:count]
        self.assertEqual(len(chosen), count)
        run("decisions", "approve", self.shop, *chosen)
        return chosen

    def deliver_until(self, state, count):
        """Delivers again until so many letters are in the state; pauses are 10 ms, 30 ms, …"""
        for _ in range(100):
            found = self.letters(state)
            if len(found) >= count:
                return found
            run("decisions", "deliver", self.shop)
        self.fail(f"{len(found)} of {count} letters are {state}: {self.letters('')}")

    def assert_sound(self):
        self.assertEqual(run("decisions", "check", self.shop, "--json")["differences"], [])

    def test_receivers_of_the_clients_take_a_letter_once_while_it_is_fresh(self):
        secret = "whsec_" + base64.b64encode(self.declare()).decode()
        self.approve(1)
        run("act", self.shop)
        _, headers, body = self.receiver.letters[0]
        sent = int(headers["webhook-timestamp"])

        def check(headers, body, receiver=None, late=0):
            receiver = receiver or webhooks.Receiver(secret, now=lambda: sent + late)
            try:
                return receiver.check(headers, body)
            except webhooks.BadLetter as refusal:
                return str(refusal)

        receiver = webhooks.Receiver(secret, now=lambda: sent)
        self.assertEqual(check(headers, body, receiver), headers["webhook-id"])
        self.assertEqual(check(headers, body, receiver), "it was taken before")
        for late in (301, -301):
            self.assertEqual(check(headers, body, late=late), "it was sent too long ago, or not yet")
        self.assertEqual(check(headers, body + b" "), "the signature is not ours")
        again = {**headers, "webhook-timestamp": str(sent + 1)}
        self.assertEqual(check(again, body), "the signature is not ours", "an old letter cannot be given a new time")
        self.assertEqual(check({**headers, "webhook-id": "another"}, body), "the signature is not ours")
        self.assertIn("missing", check({}, body))
        node = foreign.nodes()
        if node:
            letter = {"secret": secret, "headers": dict(headers), "body": body.decode()}
            letter["headers"] = {name.lower(): value for name, value in letter["headers"].items()}
            done = subprocess.run([node / "node", "--test", ROOT / "clients/typescript/webhooks.test.mjs"], timeout=60, check=False,
                                  capture_output=True, text=True, env={**os.environ, "LETTER": json.dumps(letter)})
            self.assertEqual(done.returncode, 0, done.stdout)

    def test_the_signature_verifies(self):
        key = self.declare()
        chosen = self.approve(2)
        reply = run("act", self.shop, "--json")
        self.assertEqual((reply["decisions"], reply["delivered"], reply["dead"]), (2, 2, 0))
        self.assertEqual(sorted(self.receiver.ids()), [f"{id}.acted" for id in chosen])
        for path, headers, body in self.receiver.letters:
            signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
            code = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
            self.assertEqual(headers["webhook-signature"], "v1," + code)
            self.assertLess(abs(int(headers["webhook-timestamp"]) - time.time()), 300)
            letter = json.loads(body)
            self.assertEqual((path, letter["type"]), ("/in", "decision.acted"))
            self.assertEqual(letter["data"]["id"] + ".acted", headers["webhook-id"])
            self.assertGreater(letter["data"]["arguments"]["units"], 0)
        self.assertEqual(run("act", self.shop, "--json")["delivered"], 0)
        secret = self.shop / "secrets/webhook-stock.order"
        self.assertEqual(secret.stat().st_mode & 0o777, 0o600)
        self.assertNotIn("whsec", (self.shop / "shop.yaml").read_text())
        self.assert_sound()

    def test_a_failure_is_tried_again_and_delivered_once(self):
        self.declare()
        self.approve(1)
        self.receiver.answers = [500]
        run("act", self.shop)
        self.deliver_until("delivered", 1)
        run("decisions", "deliver", self.shop)
        ids = self.receiver.ids()
        self.assertEqual(len(ids), 2)
        self.assertEqual(ids[0], ids[1])
        self.assertEqual(self.receiver.letters[0][2], self.receiver.letters[1][2])
        self.assertEqual(self.letters("delivered")[0]["attempts"], 2)
        self.assert_sound()

    def test_kill_9_between_commit_and_delivery_loses_nothing(self):
        self.declare()
        chosen = self.approve(3)
        reached = threading.Event()

        def hold():  # the act is committed; its first letter is under way
            reached.set()
            self.receiver.released.wait(30)
            return 200

        self.receiver.answers = [hold]
        process = subprocess.Popen([PROGRAM, "act", str(self.shop)], stdout=subprocess.DEVNULL, env=ENVIRONMENT)
        self.assertTrue(reached.wait(30))
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.receiver.released.set()
        self.assertEqual(sorted(row["id"] for row in self.decisions("acted")), chosen)
        self.assertEqual(len(self.letters("waiting")), 3)
        run("act", self.shop)
        self.assertEqual(len(self.deliver_until("delivered", 3)), 3)
        self.assertEqual(sorted(set(self.receiver.ids())), [f"{id}.acted" for id in chosen])
        self.assertEqual(len(self.receiver.ids()), 4)  # the letter under way came twice, with one id
        self.assert_sound()

    def test_a_dead_letter_is_kept_and_sent_again(self):
        self.declare(attempts=2)
        (chosen,) = self.approve(1)
        self.receiver.answers = [500, 500]
        run("act", self.shop)
        (dead,) = self.deliver_until("dead", 1)
        self.assertEqual((dead["decision"], dead["attempts"], dead["status"]), (chosen, 2, 500))
        (failed,) = self.decisions("failed")
        self.assertIn("not delivered after 2 attempts: answered 500", failed["reason"])
        run("decisions", "redeliver", self.shop, dead["id"])
        self.assertEqual([row["id"] for row in self.letters("delivered")], [dead["id"]])
        self.assertEqual([row["id"] for row in self.decisions("acted")], [chosen])
        self.assertEqual(self.receiver.ids(), [dead["id"]] * 3)
        self.assert_sound()

    def test_what_is_taken_back_is_told(self):
        self.declare()
        (chosen,) = self.approve(1)
        run("act", self.shop)
        run("decisions", "roll-back", self.shop, chosen)
        self.assertEqual(self.receiver.ids(), [f"{chosen}.acted", f"{chosen}.rolled_back"])
        self.assertEqual(json.loads(self.receiver.letters[1][2])["type"], "decision.rolled_back")

    def test_a_slow_receiver_times_out_and_holds_up_no_other_letter(self):
        self.declare(timeout_seconds=0.2, attempts=1)
        self.approve(2)
        self.receiver.answers = [lambda: self.receiver.released.wait(30) and 200]
        reply = run("act", self.shop, "--json")
        self.assertEqual((reply["delivered"], reply["dead"]), (0, 1))
        self.assertEqual(len(self.receiver.letters), 1)  # a receiver that does not answer is left alone
        self.assertIn("imeout", self.letters("dead")[0]["reason"])
        self.deliver_until("delivered", 1)

    def test_a_redirect_is_refused(self):
        self.declare(attempts=1)
        self.approve(1)
        self.receiver.answers = [302]
        run("act", self.shop)
        self.assertIn("redirects are not followed", self.letters("dead")[0]["reason"])
        self.assertEqual([path for path, _, _ in self.receiver.letters], ["/in"])

    def test_an_endless_answer_is_cut_off(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.declare(url=f"http://127.0.0.1:{listener.getsockname()[1]}/", attempts=1)
            self.approve(1)

            def pour():
                connection, _ = listener.accept()
                try:
                    connection.recv(65536)
                    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                    while True:
                        connection.sendall(b"x" * 65536)
                except OSError:
                    connection.close()

            threading.Thread(target=pour, daemon=True).start()
            run("act", self.shop)
        self.assertIn("longer than 64 KiB", self.letters("dead")[0]["reason"])

    def test_a_certificate_that_nobody_vouches_for_is_refused(self):
        import ssl

        if shutil.which("openssl") is None:
            self.skipTest("needs openssl to make a certificate")
        key, certificate = self.shop / "key.pem", self.shop / "certificate.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate,
                        "-days", "1", "-subj", "/CN=127.0.0.1"], check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.receiver.server.socket = context.wrap_socket(self.receiver.server.socket, server_side=True)
        self.declare(url=self.receiver.url.replace("http:", "https:"), attempts=1)
        self.approve(1)
        run("act", self.shop)
        self.assertIn("certificate", self.letters("dead")[0]["reason"])
        self.assertEqual(self.receiver.letters, [])

    def test_a_webhook_without_its_secret_acts_on_nothing(self):
        self.declare()
        (self.shop / "secrets/webhook-stock.order").unlink()
        (chosen,) = self.approve(1)
        done = run("act", self.shop, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("make one with: suanpan decisions webhook-secret", done.stderr)
        self.assertEqual([row["id"] for row in self.decisions("approved")], [chosen])

    def serve(self):
        """A server with this shop open: the command line talks to it over HTTP."""
        server = subprocess.Popen([PROGRAM, "serve", str(self.shop), "--port", "0"], stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, text=True, env=ENVIRONMENT)
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.wait)
        self.addCleanup(server.terminate)
        self.assertIn("is served at", server.stdout.readline())

    def test_a_server_delivers_what_is_due(self):
        self.declare()
        self.approve(1)
        self.receiver.answers = [503]
        run("act", self.shop)
        self.serve()
        until = time.monotonic() + 40
        while len(self.receiver.letters) < 2 and time.monotonic() < until:
            time.sleep(0.1)
        self.assertEqual(len(self.receiver.letters), 2)

    def check_approvals(self, chosen):
        seen = run("decisions", "show", self.shop, chosen, "--json")["decision"]["hash"]
        stale = run("decisions", "approve", self.shop, chosen, "--hashes", "0" * 64, "--json")
        self.assertEqual(stale["decisions"][0]["error_code"], "conflict")
        self.assertIn("not the one you saw", stale["decisions"][0]["error"])
        self.assertEqual(run("decisions", "approve", self.shop, chosen, "--hashes", seen, "--json")["done"], 1)
        run("decisions", "reject", self.shop, chosen)
        late = run("decisions", "approve", self.shop, chosen, "--json")
        self.assertEqual(late["decisions"][0]["error_code"], "conflict")
        self.assertIn("a decision that is rejected cannot approve", late["decisions"][0]["error"])

    def test_stale_approvals_are_refused_by_command_line_and_server(self):
        first, second = self.pending()[:2]
        self.check_approvals(first)
        self.serve()
        self.check_approvals(second)


if __name__ == "__main__":
    unittest.main()
