"""What an attacker sends to the door: each is refused or cut off, no reply is 5xx, and others are served meanwhile."""

import gzip
import http.client
import json
import os
import pathlib
import resource
import socket
import subprocess
import tempfile
import time
import unittest
import zlib

from tests import program

FAST = bool(os.environ.get("SUANPAN_FAST"))
MIB = 1 << 20


class AttackTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory(prefix="suanpan-door-")
        cls.addClassCleanup(cls.scratch.cleanup)
        cls.shop = pathlib.Path(cls.scratch.name) / "shop"
        program.run("init", cls.shop, "--mapping", program.MAPPING)
        cls.server = program.Server(cls.shop)
        cls.addClassCleanup(cls.server.stop)

    def tearDown(self):
        self.assertEqual(self.server.call("GET", "/v1/keys/list")[0], 200, "the server serves no longer")

    def send(self, *parts, wait=3):
        """What comes back: until the first whole head of a reply, the end of the connection, or `wait` seconds without
        either, as where a body is awaited that never comes."""
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=wait) as connection:
            got = b""
            try:
                for part in parts:
                    connection.sendall(part)
                while b"\r\n\r\n" not in got and (more := connection.recv(65536)):
                    got += more
            except (ConnectionError, TimeoutError):
                pass
            return got

    def status(self, *parts):
        """None: cut off without a reply."""
        got = self.send(*parts)
        return int(got.split(b" ", 2)[1]) if got.startswith(b"HTTP/1.") else None

    def head(self, *lines, line="POST /v1/keys/list HTTP/1.1"):
        words = [line, "Host: localhost", f"Authorization: Bearer {self.server.key}", "Connection: close", *lines]
        return ("\r\n".join(words) + "\r\n\r\n").encode("latin-1")

    def post(self, body, *lines):
        return self.status(self.head(f"Content-Length: {len(body)}", *lines), body)

    def memory(self):
        status = pathlib.Path(f"/proc/{self.server.process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def test_the_plain_request_that_the_attacks_vary_is_answered(self):
        self.assertEqual(self.post(b"{}"), 200)

    def test_headers_without_measure_are_refused(self):
        for bomb in (["X-Long: " + "a" * MIB], [f"X-{number}: a" for number in range(100_000)],
                     ["Cookie: " + "; ".join(f"c{number}=1" for number in range(50_000))]):
            self.assertIn(self.status(self.head(*bomb)), (None, 400, 413, 431))

    @unittest.skipIf(FAST, "sends 400 MiB")
    def test_header_lines_without_end_are_cut_off(self):
        before = self.memory()
        line = b"X-Short: " + b"a" * 1000 + b"\r\n"
        with self.assertRaises(OSError), socket.create_connection(("127.0.0.1", self.server.port), 20) as connection:
            connection.sendall(b"GET /v1/session HTTP/1.1\r\nHost: localhost\r\n")
            for _ in range(400):
                connection.sendall(line * 1000)
                time.sleep(0.01)
        self.assertLess(self.memory() - before, 300, "MiB")

    def test_replies_tell_the_rate_that_is_left(self):
        got = [self.send(self.head("Content-Length: 2"), b"{}").decode().lower() for _ in range(2)]
        for reply in got:
            self.assertIn('\r\nratelimit-policy: "key";q=4000;w=2\r\n', reply)
            self.assertRegex(reply, r'\r\nratelimit: "key";r=39\d\d\r\n')

    def test_a_path_without_measure_is_refused(self):
        for path in ("/" + "a" * MIB, "/v1/keys/list?revoked=" + "1" * MIB, "/" + "%41" * 300_000):
            self.assertIn(self.status(self.head(line=f"GET {path} HTTP/1.1")), (None, 400, 404, 413, 414))

    def test_no_path_leads_to_a_file_of_the_shop(self):
        secret = json.loads((self.shop / "server.json").read_text())["token"].encode()
        for path in ("/../server.json", "/docs/../server.json", "/assets/../server.json", "/docs/..%2fserver.json",
                     "/assets/%2e%2e/%2e%2e/server.json", f"/docs/{self.shop}/server.json", f"/docs//{self.shop}/shop.yaml",
                     "/docs/....//server.json", "/assets/..\\server.json", "/docs/%00server.json", "//server.json",
                     "/assets/server.json%00.js", f"file://{self.shop}/server.json", "/v1/runs/../../server.json"):
            got = self.send(self.head(line=f"GET {path} HTTP/1.1"))
            self.assertNotIn(secret, got)
            self.assertRegex(got.decode("latin-1"), r"^(HTTP/1\.1 (400|404) |$)", path)

    def test_json_as_deep_as_the_body_allows_is_refused(self):
        for deep in (b"[" * 500_000, b'{"a":' * 150_000, b'{"name":' + b"[" * 400_000 + b"]" * 400_000 + b"}",
                     b"[" + b"[" * 400_000 + b"]" * 400_000 + b"]"):
            self.assertEqual(self.post(deep), 400)
            self.assertEqual(self.status(self.head(f"Content-Length: {len(deep)}", line="POST /mcp HTTP/1.1"), deep), 400)

    def test_json_that_is_not(self):
        for body in (b"{", b"nul", b'"', b"\x00", b"{\"a\":1e999999}", b"\xff\xfe", b"{}{}", b"[" + b"{}," * 2000 + b"{}]",
                     b'{"revoked":' + b"9" * 100_000 + b"}", b'{"\xc0\xaf":1}', b'{"revoked":"\\ud800"}'):
            self.assertIn(self.post(body), (400, 413), body[:20])

    def test_what_is_compressed_is_not_unpacked(self):
        before = self.memory()
        zeros = b"0" * (100 * MIB)
        for coding, body in (("gzip", gzip.compress(zeros)), ("deflate", zlib.compress(zeros))):
            self.assertLess(len(body), MIB)
            self.assertIn(self.post(body, f"Content-Encoding: {coding}"), (None, 400, 413, 415))
        self.assertLess(self.memory() - before, 60, "MiB")

    def test_a_body_beyond_the_limit_is_refused(self):
        self.assertEqual(self.post(b" " * (2 * MIB)), 413)
        for length in ("99999999999", "-1", "18446744073709551617", "0x10", "1e3", "12 34", "+5"):
            self.assertIn(self.status(self.head(f"Content-Length: {length}"), b"{}"), (None, 400, 413), length)

    def test_no_request_is_smuggled_in_the_body_of_another(self):
        hidden = b"GET /v1/session HTTP/1.1\r\nHost: localhost\r\n\r\n"
        for lines in (["Content-Length: 4", "Transfer-Encoding: chunked"], ["Content-Length: 3", "Content-Length: 300"]):
            got = self.send(self.head(*lines), b"0\r\n\r\n" + hidden)
            self.assertLessEqual(got.count(b"HTTP/1.1 "), 1, got)

    def test_chunks_without_end_or_measure_are_not_taken(self):
        head = self.head("Transfer-Encoding: chunked")
        for body in (b"ffffffffffffffff\r\n", b"-1\r\n", b"zz\r\n", b"8000000000000000\r\nx", b"5;" + b"x" * MIB):
            self.assertNotRegex(self.send(head + body), rb"^HTTP/1.1 (2|5)", body[:20])

    @unittest.skipIf(FAST, "waits for the server's patience")
    def test_who_sends_slowly_is_cut_off_and_holds_up_nobody(self):
        slow = [socket.create_connection(("127.0.0.1", self.server.port), timeout=60) for _ in range(500)]
        try:
            for connection in slow:
                connection.sendall(b"GET /v1/session HTTP/1.1\r\nHost: localhost\r\n")
            self.assertEqual(self.server.call("GET", "/v1/keys/list")[0], 200)
            for connection in slow[1:]:
                self.assertEqual(connection.recv(1), b"", "more than the end came back")
            with self.assertRaises(OSError):
                for _ in range(3):
                    slow[0].sendall(b"X: y\r\n")
                    time.sleep(0.2)
        finally:
            for connection in slow:
                connection.close()

    @unittest.skipIf(FAST, "10,000 connections")
    def test_ten_thousand_open_connections_hold_up_nobody(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard < 11_000:
            self.skipTest(f"only {hard} files may be open here")
        resource.setrlimit(resource.RLIMIT_NOFILE, (11_000, hard))
        before, held = self.memory(), []
        try:
            for _ in range(10_000):
                held.append(socket.create_connection(("127.0.0.1", self.server.port), timeout=20))
            for _ in range(20):
                self.assertEqual(self.server.call("GET", "/v1/keys/list")[0], 200)
            held[-1].sendall(self.head("Content-Length: 2") + b"{}")
            self.assertTrue(held[-1].recv(100).startswith(b"HTTP/1.1 200"))
            self.assertLess((self.memory() - before) / len(held) * 1024, 64, "KiB a connection")
        finally:
            for connection in held:
                connection.close()
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


class LogTest(unittest.TestCase):
    """The log is lines of JSON whatever is asked, and never has a secret."""

    def test_lines_stay_lines_and_secrets_stay_out(self):
        with tempfile.TemporaryDirectory(prefix="suanpan-door-") as folder:
            shop, log = pathlib.Path(folder) / "shop", pathlib.Path(folder) / "log"
            program.run("init", shop, "--mapping", program.MAPPING)
            with open(log, "wb") as out:
                server = program.Server.__new__(program.Server)
                server.key = program.run("keys", "create", shop, "--name", "log", "--role", "admin", "--json")["key"]
                server.process = subprocess.Popen([program.PROGRAM, "serve", shop, "--port", "0", "--log", "trace"],
                                                  stdout=subprocess.PIPE, stderr=out, text=True)
                line = server.process.stdout.readline()
                server.port = int(line.partition("127.0.0.1:")[2].partition("/")[0])
                secrets = self.ask_all(server, shop)
                server.stop()
            lines = log.read_text(errors="strict").removesuffix("\n").split("\n")
            self.assertGreater(len(lines), 10)
            for one in lines:
                self.assertIsInstance(json.loads(one), dict, one)
            for secret in secrets:
                self.assertNotIn(secret, "\n".join(lines))

    def ask_all(self, server, shop):
        """Asks with secrets in every place that a client may put them; what must not be in the log."""
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)

        def ask(method, path, body=None, **headers):
            connection.request(method, path, body, headers)
            reply = connection.getresponse()
            return reply, reply.read().decode("utf-8", "strict")

        bearer = {"Authorization": f"Bearer {server.key}"}
        made = json.loads(ask("POST", "/v1/keys/create", '{"name":"second"}', **bearer)[1])["key"]
        ticket = json.loads(ask("POST", "/login/link", **bearer)[1])["path"]
        session = ask("GET", ticket)[0].headers["Set-Cookie"].partition(";")[0].partition("=")[2]
        ask("GET", "/v1/session", Cookie=f"suanpan_session={session}")
        ask("GET", "/login?token=wrong-but-typed")
        ask("GET", "/v1/session", Authorization="Bearer wrong-but-typed")
        ask("POST", "/v1/keys/create", '{"name":"x","role":"wrong-but-typed"}', **bearer)
        ask("GET", f"/v1/keys/list?key={server.key}", **bearer)
        ask("GET", f"/nothing?key={server.key}", **bearer)
        for path in ("/a%0a%7b%22level%22%3a%22error%22%7d", "/%22%7d%0d%0afake", "/%1b%5b31mred", "/%e2%80%a8line",
                     "/%ff%fe", "/%00", "/" + "a" * 5000):
            ask("GET", path, **bearer, **{"X-Request-Id": 'a" "fake":"b'})
        local = json.loads((shop / "server.json").read_text())["token"]
        ask("GET", "/v1/session", Authorization=f"Bearer {local}", **{"X-Suanpan-User": 'me","level":"fake'})
        connection.close()
        return (server.key, made, ticket.partition("=")[2], session, local, "wrong-but-typed")


if __name__ == "__main__":
    unittest.main()
