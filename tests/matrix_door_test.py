"""Who may call what: made from the OpenAPI description, so that no operation is forgotten."""

import http.client
import json
import pathlib
import re
import tempfile
import unittest

from tests import program

ROLES = ("viewer", "operator", "approver", "admin")
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH")
OPEN = ("/health", "/ready", "/openapi.json", "/docs")
PAGES = (("GET", "/v1/runs"), ("GET", "/v1/session"), ("GET", "/metrics"), ("POST", "/login/link"), ("POST", "/logout"),
         ("POST", "/mcp"), ("GET", "/v1/runs/0"), ("GET", "/v1/runs/0/events"), ("POST", "/v1/runs/0/stop"),
         ("GET", "/v1/pictures/none.png"), ("POST", "/v1/pictures/none.png"), ("GET", "/nothing/here"), ("GET", "/v1"), ("POST", "/v1/data/"))
# No operation has such a field, so that a call that is let in changes nothing.
WRONG_BODY = json.dumps({"no such field": 1})


class Door:
    """A shop that is served, with a key for each role."""

    def __init__(self, folder):
        program.run("init", folder, "--mapping", program.MAPPING)
        self.folder = folder
        self.keys = {role: program.run("keys", "create", folder, "--name", role, "--role", role, "--json")["key"]
                     for role in ROLES}
        self.server = program.Server(folder)
        self.connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)

    def ask(self, method, path, key="", body=None, **headers):
        """Status, headers, reply as text."""
        headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {key}"} if key else {}), **headers}
        self.connection.request(method, path, body, headers)
        reply = self.connection.getresponse()
        return reply.status, reply.headers, reply.read().decode()

    def rpc(self, key, method, parameters):
        message = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters})
        return json.loads(self.ask("POST", "/mcp", key, message)[2])["result"]

    def operations(self):
        """Name, path, role, effect, methods of each operation."""
        document = json.loads(self.ask("GET", "/openapi.json")[2])
        for path, methods in document["paths"].items():
            post = methods.get("post", {})
            if "x-role" in post:
                yield post["operationId"], path, post["x-role"], post["x-effect"], {name.upper() for name in methods}

    def close(self):
        self.connection.close()
        self.server.stop()


class MatrixTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory(prefix="suanpan-door-")
        cls.addClassCleanup(cls.scratch.cleanup)
        cls.door = Door(pathlib.Path(cls.scratch.name) / "shop")
        cls.addClassCleanup(cls.door.close)
        cls.operations = list(cls.door.operations())

    def test_the_description_has_every_operation_of_the_program(self):
        described = {name for name, *_ in self.operations}
        documented = set()
        with tempfile.TemporaryDirectory(prefix="suanpan-door-") as folder:
            program.run("docs", folder)
            for page in pathlib.Path(folder).glob("*.md"):
                documented |= set(re.findall(r"^## (\S+\.\S+)$", page.read_text(), re.MULTILINE))
        self.assertEqual(described, documented)
        self.assertGreater(len(described), 20)

    def test_nobody_comes_in_without_a_key(self):
        wrong = ("sp_00000000_0000", "local_0000", "x" * 4000, self.door.keys["admin"][:-1],
                 self.door.keys["admin"] + "0")
        for name, path, *_ in self.operations:
            with self.subTest(operation=name):
                for method in METHODS:
                    self.assertEqual(self.door.ask(method, path)[0], 401, method)
                for key in wrong:
                    self.assertEqual(self.door.ask("POST", path, key, WRONG_BODY)[0], 401, key[:20])
                status, headers, _ = self.door.ask("POST", path, body=WRONG_BODY, Cookie="suanpan_session=0000")
                self.assertEqual((status, headers["WWW-Authenticate"]), (401, 'Bearer realm="suanpan"'))
                status, _, _ = self.door.ask("POST", path, body=WRONG_BODY, Authorization="Basic dXNlcjpwYXNz")
                self.assertEqual(status, 401)

    def test_other_pages_need_a_key_and_open_ones_tell_nothing_of_the_shop(self):
        for method, path in PAGES:
            self.assertEqual(self.door.ask(method, path)[0], 401, path)
        for path in OPEN:
            status, _, reply = self.door.ask("GET", path)
            self.assertEqual(status, 200, path)
            self.assertNotIn(str(self.door.folder), reply)

    def test_each_role_may_call_what_its_rank_allows_and_nothing_else(self):
        for name, path, needed, _, methods in self.operations:
            with self.subTest(operation=name):
                for role in ROLES:
                    allowed = ROLES.index(role) >= ROLES.index(needed)
                    asks = [("POST", path, WRONG_BODY), ("POST", path, f"[{WRONG_BODY}]")]
                    asks += [("GET", path + "?no_such_field=1", None)] if "GET" in methods else []
                    for method, target, body in asks:
                        status, _, reply = self.door.ask(method, target, self.door.keys[role], body)
                        if allowed:
                            self.assertNotIn(status, (401, 403), f"{role} {method}: {reply}")
                            self.assertLess(status, 500, reply)
                        else:
                            self.assertEqual(status, 403, f"{role} {method}: {reply}")
                            self.assertEqual(json.loads(reply)["code"], "permission_denied")

    def test_a_field_that_is_not_there_is_refused_by_every_operation(self):
        key = self.door.keys["admin"]
        for name, path, *_ in self.operations:
            with self.subTest(operation=name):
                status, _, reply = self.door.ask("POST", path, key, WRONG_BODY, Prefer="wait=30")
                self.assertEqual((status, json.loads(reply)["code"]), (400, "invalid_argument"), reply)

    def test_other_methods_are_answered_with_what_is_allowed(self):
        key = self.door.keys["admin"]
        for name, path, _, _, methods in self.operations:
            with self.subTest(operation=name):
                for method in METHODS:
                    if method in methods or (method == "HEAD" and "GET" in methods):
                        continue
                    status, headers, _ = self.door.ask(method, path, key)
                    self.assertEqual(status, 405, method)
                    self.assertEqual({word.strip() for word in headers["Allow"].split(",")} - {"HEAD"}, methods)

    def test_only_reads_are_open_to_viewers(self):
        for name, _, role, effect, methods in self.operations:
            with self.subTest(operation=name):
                self.assertIn(role, ROLES)
                self.assertEqual("GET" in methods, effect == "reads")
                if effect != "reads":
                    self.assertNotEqual(role, "viewer", f"{name} changes something")

    def test_tools_follow_the_same_matrix(self):
        for role in ROLES:
            key = self.door.keys[role]
            tools = {tool["name"] for tool in self.door.rpc(key, "tools/list", {})["tools"]}
            for name, _, needed, *_ in self.operations:
                allowed = ROLES.index(role) >= ROLES.index(needed)
                tool = name.replace(".", "_")
                self.assertEqual(tool in tools, allowed, (role, tool))
                if not allowed:
                    reply = self.door.rpc(key, "tools/call", {"name": tool, "arguments": {}})
                    self.assertTrue(reply["isError"])
                    self.assertIn("permission_denied", reply["content"][0]["text"])

    def test_a_revoked_key_opens_nothing(self):
        made = program.run("keys", "create", self.door.folder, "--name", "gone", "--role", "admin", "--json")
        self.assertEqual(self.door.ask("GET", "/v1/session", made["key"])[0], 200)
        program.run("keys", "revoke", self.door.folder, made["key_id"])
        for name, path, *_ in self.operations:
            with self.subTest(operation=name):
                self.assertEqual(self.door.ask("POST", path, made["key"], WRONG_BODY)[0], 401)


class TwoShopsTest(unittest.TestCase):
    """What opens one shop, or belongs to one key, is of no use in the other's."""

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory(prefix="suanpan-door-")
        cls.addClassCleanup(cls.scratch.cleanup)
        cls.doors = []
        for name in ("one", "two"):
            cls.doors.append(Door(pathlib.Path(cls.scratch.name) / name))
            cls.addClassCleanup(cls.doors[-1].close)

    def session_of(self, door):
        path = json.loads(door.ask("POST", "/login/link", door.keys["admin"])[2])["path"]
        return door.ask("GET", path)[1]["Set-Cookie"].partition(";")[0]

    def test_keys_tokens_and_sessions_are_of_one_shop(self):
        one, two = self.doors
        local = json.loads((one.folder / "server.json").read_text())["token"]
        for key in (*one.keys.values(), local):
            self.assertEqual(one.ask("GET", "/v1/session", key)[0], 200)
            self.assertEqual(two.ask("GET", "/v1/session", key)[0], 401)
            for _, path, *_ in two.operations():
                self.assertEqual(two.ask("POST", path, key, WRONG_BODY)[0], 401, path)
        cookie = self.session_of(one)
        self.assertEqual(one.ask("GET", "/v1/session", Cookie=cookie)[0], 200)
        self.assertEqual(two.ask("GET", "/v1/session", Cookie=cookie)[0], 401)
        ticket = json.loads(one.ask("POST", "/login/link", one.keys["admin"])[2])["path"]
        self.assertEqual(two.ask("GET", ticket)[0], 401)

    def test_runs_are_seen_by_who_started_them_and_by_admins(self):
        one, _ = self.doors
        long = next(path for name, path, role, *_ in one.operations()
                    if role == "operator" and one.ask("POST", path, one.keys["operator"], "{}")[0] == 202)
        run = json.loads(one.ask("POST", long, one.keys["operator"], "{}")[2])["id"]
        for role, status in (("operator", 200), ("admin", 200), ("viewer", 404), ("approver", 404)):
            key = one.keys[role]
            self.assertEqual(one.ask("GET", f"/v1/runs/{run}", key)[0], status, role)
            listed = {one_run["id"] for one_run in json.loads(one.ask("GET", "/v1/runs", key)[2])["runs"]}
            self.assertEqual(run in listed, status == 200, role)
            if status == 404:
                self.assertEqual(one.ask("POST", f"/v1/runs/{run}/stop", key)[0], 404)
                self.assertEqual(one.ask("GET", f"/v1/runs/{run}/events", key)[0], 404)

    def test_a_kept_reply_is_not_given_to_another_key(self):
        one, _ = self.doors
        path, body = "/v1/keys/create", json.dumps({"name": "twice"})
        first = one.ask("POST", path, one.keys["admin"], body, **{"Idempotency-Key": "k"})
        self.assertEqual(first[0], 200)
        # Another admin with the same words: the name is taken, and the first one's secret is not shown again.
        status, headers, reply = one.ask("POST", path, one.server.key, body, **{"Idempotency-Key": "k"})
        self.assertEqual((status, headers["Idempotent-Replayed"]), (409, None))
        self.assertNotIn(json.loads(first[2])["key"], reply)


if __name__ == "__main__":
    unittest.main()
