"""The OpenAPI description against the server, by schemathesis: made-up requests for every operation, good and bad ones.

Nothing may be answered with a 5xx, with a status, type or body that is not described; what is bad must be refused.
"""

import copy
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from tests import foreign, program

SEED = "1"
CHECKS = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
          "response_schema_conformance", "negative_data_rejection")
# 413 is what a list that is too long is refused with.
CONFIG = """
[checks.negative_data_rejection]
expected-statuses = ["4xx"]
"""


def without_batches(document):
    document = copy.deepcopy(document)
    for methods in document["paths"].values():
        content = methods.get("post", {}).get("requestBody", {}).get("content", {}).get("application/json", {})
        if "oneOf" in content.get("schema", {}):
            content["schema"] = content["schema"]["oneOf"][0]
    return document


@unittest.skipUnless(foreign.python(), "schemathesis could not be fetched")
class DescriptionTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory(prefix="suanpan-door-")
        cls.addClassCleanup(cls.scratch.cleanup)
        cls.folder = pathlib.Path(cls.scratch.name)
        program.run("init", cls.folder / "shop", "--mapping", program.MAPPING)
        program.write_sales(cls.folder / "online_retail.csv", 2_000, 5)
        program.run("load", cls.folder / "shop", cls.folder / "online_retail.csv")
        program.run("daily", cls.folder / "shop", "--as-of", "2011-11-14")
        cls.server = program.Server(cls.folder / "shop", "--rate", 0)
        cls.addClassCleanup(cls.server.stop)
        cls.document = json.loads(cls.server.page("/openapi.json"))
        (cls.folder / "openapi.json").write_text(json.dumps(cls.document))
        (cls.folder / "schemathesis.toml").write_text(CONFIG)

    def attack(self, phase, document):
        """The number of requests that were made."""
        (self.folder / "openapi.json").write_text(json.dumps(document))
        hooks = pathlib.Path(foreign.__file__).parent
        words = [foreign.python() / "st", "--config-file", self.folder / "schemathesis.toml", "run", "openapi.json",
                 "--url", f"http://127.0.0.1:{self.server.port}", "-H", f"Authorization: Bearer {self.server.key}",
                 "--phases", phase, "--max-examples", "3", "--seed", SEED, "--checks", ",".join(CHECKS),
                 "--suppress-health-check", "all", "--request-timeout", "60", "--no-color"]
        done = subprocess.run(
            list(map(str, words)), cwd=self.folder, capture_output=True, text=True, timeout=900, check=False,
            env=os.environ | {"SCHEMATHESIS_HOOKS": "batches", "PYTHONPATH": str(hooks)})
        shown = "\n".join(line[:400] for line in done.stdout.splitlines())
        self.assertEqual(done.returncode, 0, shown[:6000] + "\n…\n" + shown[-2000:] + done.stderr[-2000:])
        self.assertEqual(self.server.call("GET", "/ready")[0], 200)
        return int(re.search(r"(\d+) generated", done.stdout)[1])

    @unittest.skipIf(os.environ.get("SUANPAN_FAST"), "five minutes under the sanitisers")
    def test_requests_at_the_edges_of_the_description(self):
        # Batches of a thousand are left out: they take seconds each.
        self.assertGreater(self.attack("coverage", without_batches(self.document)), 1000)

    def test_requests_that_are_drawn(self):
        self.assertGreater(self.attack("fuzzing", self.document), len(self.document["paths"]))


if __name__ == "__main__":
    unittest.main()
