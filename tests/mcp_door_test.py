"""Agents of others: the client library and the inspector of the Model Context Protocol, which we did not write."""

import json
import pathlib
import subprocess
import tempfile
import unittest

from tests import foreign, program

DRIVE = pathlib.Path(__file__).with_name("foreign") / "drive_mcp.py"


class Shop(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory(prefix="suanpan-door-")
        cls.addClassCleanup(cls.scratch.cleanup)
        cls.shop = pathlib.Path(cls.scratch.name) / "shop"
        program.run("init", cls.shop, "--mapping", program.MAPPING)
        program.write_sales(pathlib.Path(cls.scratch.name) / "online_retail.csv", 2_000, 5)
        program.run("load", cls.shop, pathlib.Path(cls.scratch.name) / "online_retail.csv")
        program.run("daily", cls.shop, "--as-of", "2011-11-14")
        cls.server = program.Server(cls.shop)
        cls.addClassCleanup(cls.server.stop)
        cls.url = f"http://127.0.0.1:{cls.server.port}/mcp"

    def finish(self, words):
        done = subprocess.run(list(map(str, words)), capture_output=True, text=True, timeout=300, check=False)
        self.assertEqual(done.returncode, 0, done.stderr[-3000:])
        return json.loads(done.stdout)


@unittest.skipUnless(foreign.python(), "the client library could not be fetched")
class ClientTest(Shop):
    def drive(self, mode, *words):
        told = self.finish([foreign.python() / "python", DRIVE, mode, *words])
        self.assertGreater(told["tools"], 80)
        self.assertEqual([set(row) for row in told["rows"]], [{"id", "kind"}] * 2, "the fields that were asked for")
        self.assertTrue(told["missing_field_refused"])
        self.assertGreater(len(told["progress"]), 1, "long work tells how far it is")
        self.assertEqual(told["progress"], sorted(set(told["progress"])), "it rises")
        self.assertFalse(told["forecast_failed"])
        self.assertTrue(told["changed_argument_refused"], "an approval holds for the arguments that were seen only")
        self.assertEqual(told["approved"], "approved")
        return told

    def test_over_http_in_the_current_revision(self):
        self.assertEqual(self.drive("auto", self.url, self.server.key)["version"], "2026-07-28")

    def test_over_http_in_the_revision_with_a_handshake(self):
        self.assertEqual(self.drive("legacy", self.url, self.server.key)["version"], "2025-11-25")

    def test_over_standard_input_where_a_server_has_the_shop(self):
        self.drive("auto", program.PROGRAM, "mcp", self.shop)

    def test_a_viewer_sees_only_what_a_viewer_may_call(self):
        key = program.run("keys", "create", self.shop, "--name", "looker", "--role", "viewer", "--json")["key"]
        told = self.finish([foreign.python() / "python", DRIVE, "list", self.url, key])
        self.assertIn("decisions_list", told["tools"])
        self.assertNotIn("decisions_approve", told["tools"])


@unittest.skipUnless(foreign.inspector(), "the inspector could not be fetched")
class InspectorTest(Shop):
    def inspect(self, *words):
        return self.finish([*foreign.inspector(), self.url, "--transport", "http", "--header",
                            f"Authorization: Bearer {self.server.key}", *words])

    def test_its_strict_check_of_the_tools_finds_no_error(self):
        tools = {tool["name"]: tool for tool in self.inspect("--method", "tools/list", "--strict")["tools"]}
        for name, tool in tools.items():
            with self.subTest(name):
                hints = tool["annotations"]
                self.assertLessEqual({"readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"}, set(hints))
                self.assertFalse(hints["readOnlyHint"] and hints["destructiveHint"])
        self.assertTrue(tools["data_erase_customer"]["annotations"]["destructiveHint"])

    def test_it_calls_a_tool(self):
        words = ("--method", "tools/call", "--tool-name", "decisions_list", "--tool-arg", "limit=1", "--tool-arg", "fields=id")
        reply = self.inspect(*words)
        self.assertFalse(reply["isError"])
        self.assertEqual([set(row) for row in reply["structuredContent"]["decisions"]], [{"id"}])


if __name__ == "__main__":
    unittest.main()
