"""The console's texts: both languages say everything, and no page says anything by itself."""

import pathlib
import re
import unittest

SOURCE = pathlib.Path(__file__).resolve().parent.parent / "console/src"
ENTRY = re.compile(r'^  "([^"]+)": ("(?:[^"\\]|\\.)*"),$', re.MULTILINE)
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
# Text between two tags, and attributes that people read or hear.
WRITTEN = re.compile(r">\s*([^<>{}=;()]*(?:[A-Za-z]{2}|[\u4e00-\u9fff])[^<>{}=;()]*?)\s*</")
ATTRIBUTE = re.compile(
    r'\b(?:title|placeholder|aria-label|label|alt|okText|cancelText|description|message)="([^"]*(?:[A-Za-z]{2}|[\u4e00-\u9fff])[^"]*)"')
ALLOWED = {"CSV", "PNG", "算盘", "suanpan login SHOP"}


def entries(language):
    text = (SOURCE / "text" / f"{language}.ts").read_text(encoding="utf-8")
    found = ENTRY.findall(text)
    return text, [key for key, _ in found], dict(found)


def hard_coded(text):
    text = COMMENT.sub("", text)
    return [found for pattern in (WRITTEN, ATTRIBUTE) for found in pattern.findall(text) if found not in ALLOWED]


class ConsoleTexts(unittest.TestCase):
    def test_both_languages_have_the_same_texts_once(self):
        _, en, _ = entries("en")
        _, zh, _ = entries("zh")
        self.assertGreater(len(en), 200)
        self.assertEqual(sorted(en), sorted(set(en)), "a text is there twice")
        self.assertEqual(sorted(en), sorted(zh))

    def test_every_line_was_read(self):
        for language in ("en", "zh"):
            text, keys, _ = entries(language)
            self.assertEqual(text.count('": "'), len(keys), language)

    def test_a_text_is_no_copy_of_the_other_language(self):
        _, _, en = entries("en")
        _, _, zh = entries("zh")
        for key, text in zh.items():
            if key != "app.other_language":
                self.assertRegex(text, r"[\u4e00-\u9fff]", f"{key} has no Chinese")
            if key != "app.other_language":
                self.assertNotRegex(en[key], r"[\u4e00-\u9fff]", f"{key} of en is Chinese")

    def test_both_languages_name_the_same_values(self):
        _, _, en = entries("en")
        _, _, zh = entries("zh")
        for key, text in en.items():
            self.assertEqual(sorted(re.findall(r"\{\w+\}", text)), sorted(re.findall(r"\{\w+\}", zh[key])), key)

    def test_every_text_is_used(self):
        pages = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.ts*") if path.parent.name != "text")
        families = set(re.findall(r"[`\"]([a-z_]+\.)\$\{", pages))
        _, keys, _ = entries("en")
        unused = [key for key in keys if f'"{key}"' not in pages and not any(key.startswith(one) for one in families)]
        self.assertEqual(unused, [])

    def test_no_page_says_anything_by_itself(self):
        for path in SOURCE.rglob("*.tsx"):
            self.assertEqual(hard_coded(path.read_text(encoding="utf-8")), [], path.name)

    def test_hard_coded_texts_are_found(self):
        self.assertEqual(hard_coded("<p>Nothing here</p>"), ["Nothing here"])
        self.assertEqual(hard_coded('<Button title="Save it">{text("a")}</Button>'), ["Save it"])
        self.assertEqual(hard_coded("<h2>你好</h2> // <p>Old words</p>"), ["你好"])


if __name__ == "__main__":
    unittest.main()
