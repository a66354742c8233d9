"""examples/suanpan.postman_collection.json does what it says, run by Postman's own runner."""

import pathlib
import subprocess
import tempfile
import unittest

from tests import foreign, program

COLLECTION = program.ROOT / "examples/suanpan.postman_collection.json"


@unittest.skipUnless(foreign.newman(), "the runner of collections could not be fetched")
class ExamplesTest(unittest.TestCase):
    def test_every_example_is_answered_as_it_says(self):
        with tempfile.TemporaryDirectory(prefix="suanpan-door-") as scratch:
            shop = pathlib.Path(scratch) / "shop"
            program.run("demo", "--shop", shop, "--no-serve")
            server = program.Server(shop)
            try:
                words = [*foreign.newman(), "run", COLLECTION, "--color", "off",
                         "--env-var", f"url=http://127.0.0.1:{server.port}", "--env-var", f"key={server.key}"]
                done = subprocess.run(
                    list(map(str, words)), capture_output=True, text=True, timeout=300, check=False)
            finally:
                server.stop()
            self.assertEqual(done.returncode, 0, done.stdout[-6000:])


if __name__ == "__main__":
    unittest.main()
