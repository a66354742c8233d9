"""The bill of materials: what is refused for its licence, and how a package is named in the list of licences."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools/check"))
import sbom


def refused(licence):
    return sbom.refused(sbom.component("libx1", "1", "pkg:deb/debian/libx1@1", "linked", licence)) is not None


class BillOfMaterials(unittest.TestCase):
    def test_the_gpl_alone_is_refused(self):
        for licence in ("GPL-2.0-only", "GPL-3.0-or-later", "AGPL-3.0-only", "(MIT) AND (GPL-2+)", "(GPL-1+ or GPL-2+)", "GPL"):
            self.assertTrue(refused(licence), licence)

    def test_what_may_be_used_otherwise_passes(self):
        for licence in ("MIT", "LGPL-2.1-or-later", "GPL-3.0-or-later WITH GCC-exception-3.1", "GPL-2.0-only OR BSD-2-Clause",
                        "(Apache-2.0) AND (Expat or GPL-2+)", "LGPL-3.0-or-later OR GPL-2.0-or-later"):
            self.assertFalse(refused(licence), licence)

    def test_a_package_is_known_by_its_name_without_the_librarys_version(self):
        stems = {"libduckdb2.0": "libduckdb", "libcurl4t64": "libcurl", "libevent-core-2.1-7t64": "libevent-core", "zlib1g": "zlib1g",
                 "libpugixml1v5": "libpugixml", "libgcc-s1": "libgcc-s", "libstdc++6": "libstdc++"}
        self.assertEqual({name: sbom.stem(name) for name in stems}, stems)

    def test_the_list_of_licences_is_sorted_and_without_the_gpl_alone(self):
        listed = sbom.reviewed_licences((pathlib.Path(sbom.__file__).parents[2] / sbom.LICENCES).read_text())
        self.assertEqual(list(listed), sorted(listed))
        self.assertEqual([name for name, licence in listed.items() if refused(licence)], [])


if __name__ == "__main__":
    unittest.main()
