"""The bill of materials (CycloneDX 1.6) of what the built program loads and what the console bundles, in
build/sbom.cdx.json; refuses libraries that may only be used under the GPL."""

import json
import pathlib
import re
import subprocess
import uuid

from repository import Findings

PROGRAM = "build/release/src/suanpan"
LIBRARIES = "build/release/lib"  # loaded when they are needed
ASKED_FOR = ["libonnxruntime.so", "libxgboost.so", "libxlsxwriter.so"]  # likewise, by name
LICENCES = "environment/licences.txt"
LOCK = "console/package-lock.json"
OUT = "build/sbom.cdx.json"
DOCUMENTS = pathlib.Path("/usr/share/doc")


def run(repository, fix):
    del fix
    findings = Findings()
    program = repository.root / PROGRAM
    if not program.exists():
        findings.notes.append("there is no program yet, so no bill of materials; ./dev build makes one")
        return findings
    reviewed = reviewed_licences(repository.text(LICENCES))
    components = [*debian_components(repository.root, reviewed), *pinned(repository), *bundled(repository)]
    for component in components:
        if problem := refused(component):
            findings.problems.append(problem)
    (repository.root / OUT).write_text(json.dumps(document(components), indent=1) + "\n")
    findings.notes.append(f"{len(components)} components, none under the GPL alone, in {OUT}"
                          if not findings.problems else f"{len(components)} components in {OUT}")
    return findings


def reviewed_licences(text):
    lines = (line.partition("#")[0].split(None, 1) for line in text.splitlines())
    return {words[0]: words[1].strip() for words in lines if words}


def stem(package):
    """The package's name without the number of the library's version: libevent-core-2.1-7t64 -> libevent-core."""
    while (shorter := re.sub(r"[-.]?\d[\d.]*(t64)?(v\d+)?$", "", package)) != package and shorter:
        package = shorter
    return package


def loaded_by(file):
    listing = subprocess.run(["ldd", file], check=False, capture_output=True, text=True).stdout
    return set(re.findall(r"=> (/\S+)", listing))


def debian_components(root, reviewed):
    linked = loaded_by(root / PROGRAM)
    later = set()
    for file in sorted((root / LIBRARIES).glob("*.so")) + [named for name in ASKED_FOR for named in [find(name)] if named]:
        later |= loaded_by(file) | ({str(file)} if str(file).startswith("/usr") else set())
    versions = {}
    for file in sorted(linked | later):
        if (package := package_of(file)) and (package not in versions or file in linked):
            versions[package] = "linked" if file in linked else "loaded when it is needed"
    for package, how in sorted(versions.items()):
        version = query(package)
        yield component(package, version, f"pkg:deb/debian/{package}@{version}?distro=forky", how,
                        reviewed.get(stem(package)) or named_licences(package))


def find(name):
    found = sorted(pathlib.Path("/usr/lib").glob(f"*/{name}*"))
    return found[0] if found else None


def package_of(file):
    for name in (str(pathlib.Path(file).resolve()), file):
        found = subprocess.run(["dpkg", "-S", name], check=False, capture_output=True, text=True).stdout
        if found:
            return found.split(":")[0]
    return None


def query(package):
    return subprocess.run(["dpkg-query", "-W", "-f=${Version}", package], check=False, capture_output=True,
                          text=True).stdout


def named_licences(package):
    """What the package's copyright file names, all of it: more than the library itself may need."""
    file = DOCUMENTS / package / "copyright"
    text = file.read_text(errors="replace") if file.exists() else ""
    names = sorted({re.sub(r"\s+", " ", name).strip() for name in re.findall(r"^License:[ \t]*(\S.*)$", text, re.M)})
    if not names and re.search(r"\bGPL|General Public License", text):
        names = ["GPL"]
    return " AND ".join(f"({name})" for name in names) or "see " + str(file)


def pinned(repository):
    for line in repository.text("environment/sources.txt").splitlines():
        words = line.partition("#")[0].split()
        if words and words[1] == "lightgbm":
            yield component("lightgbm", words[2], f"pkg:pypi/lightgbm@{words[2]}", "loaded when it is needed", "MIT")


def bundled(repository):
    for path, entry in sorted(json.loads(repository.text(LOCK))["packages"].items()):
        if path and not entry.get("dev"):
            name = path.rpartition("node_modules/")[2]
            yield component(name, entry["version"], f"pkg:npm/{name.replace('@', '%40')}@{entry['version']}",
                            "in the console's script", entry.get("license", "not said"))


def component(name, version, purl, how, licence):
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl,
            "licenses": [{"license": {"name": licence}}], "properties": [{"name": "suanpan:use", "value": how}]}


def refused(component):
    """A sentence where a part of it may only be used under the GPL."""
    licence = component["licenses"][0]["license"]["name"]
    parts = re.findall(r"\(([^()]*)\)", licence) if licence.startswith("(") else [licence]
    if not any(all(is_gpl(way) for way in re.split(r"\s+or\s+", part, flags=re.I)) for part in parts):
        return None
    return (f"{component['name']} names the GPL ({licence}). If the library itself may be used otherwise, say so in "
            f"{LICENCES} after reading /usr/share/doc/{component['name']}/copyright; else it cannot be used")


def is_gpl(licence):
    """Not the Lesser GPL, not the GPL with the exception for libraries of the compiler."""
    return bool(re.search(r"(?<!L)GPL", re.sub(r"GPL\S* WITH \S*exception\S*", "", licence, flags=re.I)))


def document(components):
    listed = sorted(components, key=lambda one: one["purl"])
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(listed))
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": f"urn:uuid:{number}", "version": 1,
            "metadata": {"component": {"type": "application", "name": "suanpan", "licenses":
                                       [{"license": {"id": "Apache-2.0"}}]}},
            "components": listed}
