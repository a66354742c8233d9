"""The OpenAPI description against the server, by schemathesis: made-up requests for every operation, good and bad ones.

Nothing may be answered with a 5xx, with a status, type or body that is not described; what is bad must be refused.
"""

import copy
import json
import pathlib
import re
import subprocess
import tempfile
import unittest

from tests import foreign, program

SEED = "1"
DESCRIBED = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance"
# 413 is what a list that is too long is refused with.
CONFIG = """
[checks.negative_data_rejection]
expected-statuses = ["4xx"]
"""


def without_batches(document):
    """Each request of a batch is answered for itself, so that a batch with bad requests in it is no bad one."""
    document = copy.deepcopy(document)
    for methods in document["paths"].values():
        schema = methods.get("post", {}).get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        if "oneOf" in schema:
            methods["post"]["requestBody"]["content"]["application/json"]["schema"] = schema["oneOf"][0]
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
        (cls.folder / "schemathesis.toml").write_text(CONFIG)

    def attack(self, document, checks):
        file = self.folder / "openapi.json"
        file.write_text(json.dumps(document))
        words = [foreign.python() / "st", "--config-file", self.folder / "schemathesis.toml", "run", file,
                 "--url", f"http://127.0.0.1:{self.server.port}", "-H", f"Authorization: Bearer {self.server.key}",
                 "--phases", "coverage,fuzzing", "--max-examples", "2", "--seed", SEED, "--checks", checks,
                 "--suppress-health-check", "all", "--no-color"]
        done = subprocess.run(list(map(str, words)), cwd=self.folder, capture_output=True, text=True, timeout=600, check=False)
        cases = re.search(r"(\d+) generated", done.stdout)
        self.assertTrue(cases and int(cases[1]) > len(document["paths"]), done.stdout[-2000:] + done.stderr[-2000:])
        shown = "\n".join(line[:400] for line in done.stdout.splitlines())
        self.assertEqual(done.returncode, 0, shown[:6000] + "\n…\n" + shown[-2000:])

    def test_every_answer_is_described_and_none_is_a_fault_of_the_server(self):
        self.attack(self.document, DESCRIBED)
        self.assertEqual(self.server.call("GET", "/ready")[0], 200)

    def test_what_does_not_fit_the_description_is_refused(self):
        self.attack(without_batches(self.document), "negative_data_rejection")


if __name__ == "__main__":
    unittest.main()
