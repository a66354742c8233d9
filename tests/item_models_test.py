"""A shop installs a model of titles and one of pictures: they enter the items' vectors, and damage is told."""

import json
import pathlib
import shutil
import struct
import tempfile
import unittest
import zlib

from tests.program import MAPPING, attempt, run, write_sales

DAY = "2011-10-01"
ITEMS = 20
PICTURES = """
  - name: pictures
    file: "pictures*.csv"
    into:
      - table: attributes
        fields: {item_id: item, name: "'picture'", value: file}
"""


def varint(value):
    return bytes([value]) if value < 128 else bytes([value & 127 | 128]) + varint(value >> 7)


def whole(field, value):
    return varint(field << 3) + varint(value)


def part(field, content):
    content = content.encode() if isinstance(content, str) else content
    return varint(field << 3 | 2) + varint(len(content)) + content


def port(name, sides):
    shape = b"".join(part(1, whole(1, side) if side else part(2, "any")) for side in sides)
    return part(1, name) + part(2, part(1, whole(1, 1) + part(2, shape)))


def means_of_colours(side):
    """A network in the ONNX format, by the field numbers of onnx.proto: the mean of each colour."""
    node = lambda kind, source, target: part(1, part(1, source) + part(2, target) + part(4, kind))
    graph = (node("GlobalAveragePool", "picture", "means") + node("Flatten", "means", "embedding") + part(2, "test")
             + part(11, port("picture", [0, 3, side, side])) + part(12, port("embedding", [0, 3])))
    return whole(1, 8) + part(7, graph) + part(8, part(1, "") + whole(2, 13))


def png(colour, side=16):
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    lines = (b"\0" + bytes(colour) * side) * side
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b""))


def write_matrix(folder, numbers):
    """A model that is a matrix: "thing" says nothing, a number what `numbers` makes of it."""
    folder.mkdir(exist_ok=True)
    tokens = ["[UNK]", "thing", *map(str, range(ITEMS))]
    rows = [[0, 0], [0, 0], *map(numbers, range(ITEMS))]
    header = json.dumps({"embeddings": {"dtype": "F32", "shape": [len(rows), 2], "data_offsets": [0, 8 * len(rows)]}})
    (folder / "vocab.txt").write_text("\n".join(tokens) + "\n")
    (folder / "model.safetensors").write_bytes(
        struct.pack("<Q", len(header)) + header.encode() + b"".join(struct.pack("<2f", *row) for row in rows))


class ItemModelsTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        mapping = self.folder / "mapping.yaml"
        mapping.write_text(MAPPING.read_text() + PICTURES)
        self.shop = self.folder / "shop"
        run("init", self.shop, "--mapping", mapping)
        write_sales(self.folder / "online_retail.csv", orders=2000, items=ITEMS)
        run("load", self.shop, self.folder / "online_retail.csv")
        self.settings = (self.shop / "shop.yaml").read_text()

    def install(self, **models):
        lines = "".join(f"  selection.{kind}_model: {folder}\n" for kind, folder in models.items())
        (self.shop / "shop.yaml").write_text(self.settings.replace("\noptions:\n", "\noptions:\n" + lines))

    def vectorise(self):
        done = attempt("selection", "vectorise", self.shop, "--as-of", DAY, "--json")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        made = json.loads(done.stdout)
        self.assertEqual(made["dimensions"], len(self.dimensions()))
        return made

    def dimensions(self):
        return run("selection", "dimensions", self.shop, "--json")["dimensions"]

    def models(self):
        return {model["kind"]: model for model in run("selection", "models", self.shop, "--json")["models"]}

    def near(self, *words):
        return [row["item"] for row in run("selection", "nearest", self.shop, *words, "--top", 9, "--json")["items"]]

    def test_titles_by_a_matrix(self):
        plain = self.vectorise()
        self.assertEqual((plain["embedded"], self.models()["text"]["folder"]), (0, ""))
        write_matrix(self.shop / "titles", lambda number: [1, 0] if number % 2 else [0, 1])
        self.install(text="titles")  # in the shop's folder
        self.assertEqual(len(self.dimensions()), plain["dimensions"], "of the vectors that there are")
        self.assertFalse(self.models()["text"]["in_vectors"])
        first = self.vectorise()
        self.assertEqual((first["embedded"], first["dimensions"]), (ITEMS, plain["dimensions"] + 64))
        named = [d for d in self.dimensions() if d["name"].startswith("text_")]
        self.assertEqual({(d["source"], d["window"]) for d in named}, {("data.product.title by selection.text_model", 0)})
        self.assertEqual([d["place"] for d in named], list(range(98, 162)), "beside the other attributes")
        self.assertEqual(self.vectorise()["embedded"], 0, "what is known is not asked for again")
        model = self.models()["text"]
        self.assertEqual((model["form"], model["width"], model["items"], model["contents"]), ("static", 2, ITEMS, ITEMS))
        self.assertTrue(model["works"] and model["in_vectors"])
        odd = self.near("--title", "THING 7")
        self.assertEqual({int(item) % 2 for item in odd}, {1}, "what the model says alike comes first")

        write_matrix(self.shop / "titles", lambda number: [1, 0] if number < 10 else [0, 1])
        told = attempt("selection", "nearest", self.shop, "--title", "THING 7").stderr
        self.assertIn("selection.text_model: the model is not the one that the vectors were made with", told)
        self.assertEqual(self.vectorise()["embedded"], ITEMS, "another model is asked for all")
        self.assertTrue(all(int(item) < 10010 for item in self.near("--title", "THING 7")))

        whole = (self.shop / "titles/model.safetensors").read_bytes()
        (self.shop / "titles/model.safetensors").write_bytes(whole[:-3])
        told = attempt("selection", "vectorise", self.shop, "--as-of", DAY).stderr
        self.assertIn("titles/model.safetensors: not a sound safetensors file", told)
        self.assertIn("not a sound safetensors file", self.models()["text"]["problem"])
        self.install()
        self.assertEqual(self.vectorise()["dimensions"], plain["dimensions"], "without a model all is as before")

    def test_pictures_by_a_network(self):
        network = self.folder / "network"
        network.mkdir()
        (network / "model.onnx").write_bytes(means_of_colours(8))
        self.install(picture=network)
        pictures = self.shop / "pictures"
        pictures.mkdir()
        (self.folder / "secret.png").write_bytes(png((255, 0, 0)))
        files = {10000 + i: f"pictures/{i}.png" for i in range(ITEMS - 1)}
        for i in range(ITEMS - 1):
            (pictures / f"{i}.png").write_bytes(png((255, i, 0) if i % 2 else (0, i, 255)))
        (pictures / "3.png").write_bytes(b"no picture")
        files[10005] = "../secret.png"
        (self.folder / "pictures.csv").write_text("item,file\n" + "".join(f"{i},{f}\n" for i, f in files.items()))
        run("load", self.shop, self.folder / "pictures.csv")
        made = self.vectorise()
        self.assertEqual((made["embedded"], made["unread_pictures"]), (ITEMS - 2, 2))
        model = self.models()["picture"]
        self.assertEqual((model["items"], model["unread"], model["width"]), (ITEMS - 3, 2, 3))
        self.assertRegex(model["unread_because"], "neither JPEG nor PNG|must lie in the shop's pictures/")
        like = self.near("--picture", "pictures/7.png")
        self.assertEqual({int(item) % 2 for item in like[:7]}, {1}, "red ones")
        self.assertFalse({"10003", "10005", "10019"} & set(like[:7]), "without a picture none is alike")
        told = attempt("selection", "nearest", self.shop, "--picture", "../secret.png").stderr
        self.assertIn("must lie in the shop's pictures/ or inbox/", told)

        (pictures / "3.png").write_bytes(png((255, 3, 0)))
        made = self.vectorise()
        self.assertEqual((made["embedded"], made["unread_pictures"]), (1, 1))
        (network / "model.onnx").write_bytes(means_of_colours(8)[:60])
        told = attempt("selection", "vectorise", self.shop, "--as-of", DAY).stderr
        self.assertIn("network/model.onnx: ONNX Runtime refuses it", told)
        self.install()
        told = attempt("selection", "nearest", self.shop, "--picture", "pictures/7.png").stderr
        self.assertIn("selection.picture_model: the shop has no such model", told)
