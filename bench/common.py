"""What the benches share: finding things, running processes with their memory, serving a shop, asking it, printing."""

import contextlib
import csv
import datetime
import gzip
import hashlib
import json
import os
import pathlib
import platform
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("SUANPAN", str(ROOT / "build/release/src/suanpan"))
MAPPING = ROOT / "examples/online_retail.yaml"
DAY = "2011-11-14"


def retail_file(words):
    """The Online Retail file: the first argument, or SUANPAN_RETAIL, or where a checkout may keep it."""
    named = words[:1] or [os.environ["SUANPAN_RETAIL"]] if words or os.environ.get("SUANPAN_RETAIL") else []
    usual = [place / "shared/data/online_retail/online_retail.csv.gz" for place in (ROOT, ROOT.parent)]
    for file in [*map(pathlib.Path, named), *([] if named else usual)]:
        if file.is_file():
            return file.resolve()
    sys.exit("give the Online Retail file: ./dev bench NAME FILE (or SUANPAN_RETAIL=FILE)")


def checksum(file):
    with open(file, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextlib.contextmanager
def scratch():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="suanpan-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def rows_of(file):
    """Rows of a CSV file, plain or gzip, as dictionaries of texts."""
    with (gzip.open if file.suffix == ".gz" else open)(file, "rt", newline="") as stream:
        yield from csv.DictReader(stream)


def write_rows(file, head, rows):
    with open(file, "w", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(head)
        out.writerows(rows)
    return file


class Ran:
    """A process that ended: its wall seconds, peak memory in MiB and output."""

    def __init__(self, words, **options):
        measured = [sys.executable, "-IS", pathlib.Path(__file__).with_name("measured.py")]
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as report:
            descriptor = report.fileno()
            subprocess.run([str(word) for word in [*measured, descriptor, *words]], stdout=out, stderr=err,
                           pass_fds=[descriptor], **options)
            report.seek(0)
            found = report.read().split() or sys.exit(f"{' '.join(map(str, words))} could not be run")
            self.seconds, returncode, kib, self.cpu = float(found[0]), int(found[1]), int(found[2]), float(found[3])
            self.mib = kib / 1024
            for stream in (out, err):
                stream.seek(0)
            self.out, self.err = out.read().decode(), err.read().decode()
        if returncode != 0:
            sys.exit(f"{' '.join(map(str, words))} failed ({returncode}): {(self.err or self.out)[-2000:]}")

    def json(self):
        return json.loads(self.out)


def suanpan(*words):
    return Ran([PROGRAM, *words])


def new_shop(folder, file):
    """A shop with the file loaded."""
    suanpan("init", folder, "--mapping", MAPPING)
    suanpan("load", folder, file)
    return folder


def make_key(shop, name, role="viewer"):
    return suanpan("keys", "create", shop, "--name", name, "--role", role, "--json").json()["key"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A server process that answers at `port` once constructed; `seconds` is the time to its first HTTP answer."""

    def __init__(self, words, port, path="/", **options):
        self.port = port
        started = time.perf_counter()
        self.process = subprocess.Popen(
            [str(word) for word in words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
        while not self.answers(path):
            if self.process.poll() is not None or time.perf_counter() - started > 60:
                self.process.kill()
                sys.exit(f"{' '.join(map(str, words))} does not answer")
            time.sleep(0.001)
        self.seconds = time.perf_counter() - started

    def answers(self, path):
        try:
            return Client(self.port).get(path)[0] > 0
        except OSError:
            return False

    def status_line(self, name):
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"^{name}:\s+(\d+)", text, re.M)[1])

    def peak_mib(self):
        return self.status_line("VmHWM") / 1024

    def cpu(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def serve_shop(shop):
    port = free_port()
    return Server([PROGRAM, "serve", shop, "--port", str(port), "--log", "warn"], port)


class Client:
    """One keep-alive connection, without pipelining."""

    def __init__(self, port, key=""):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.common = f"Host: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n" if key else "Host: 127.0.0.1\r\n"
        self.rest = b""

    def get(self, path):
        return self.ask(f"GET {path} HTTP/1.1\r\n{self.common}\r\n".encode())

    def post(self, path, value):
        body = json.dumps(value)
        return self.ask(f"POST {path} HTTP/1.1\r\n{self.common}Content-Type: application/json\r\n"
                        f"Content-Length: {len(body)}\r\n\r\n{body}".encode())

    def ask(self, request):
        self.socket.sendall(request)
        while (end := self.rest.find(b"\r\n\r\n")) < 0:
            self.more()
        head = self.rest[:end].lower()
        at = head.find(b"content-length:")
        total = end + 4 + (int(head[at + 15:].split(b"\r\n", 1)[0]) if at >= 0 else 0)
        while len(self.rest) < total:
            self.more()
        body, self.rest = self.rest[end + 4:total], self.rest[total:]
        return int(head[9:12]), body

    def more(self):
        block = self.socket.recv(1 << 16)
        if not block:
            raise ConnectionError("the server closed the connection")
        self.rest += block


def in_threads(count, work):
    """Runs work(0) … work(count - 1) at once and hands on the first error."""
    errors = []

    def guarded(index):
        try:
            work(index)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=(index,)) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values):
    return statistics.median(values)


def peer_versions(*names):
    from importlib import metadata
    return {name: metadata.version(name) for name in names}


def about():
    return {
        "date": datetime.date.today().isoformat(),
        "cores": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "suanpan": suanpan("--version").out.split()[-1],
        "suanpan_sha256": checksum(PROGRAM)[:16],
    }


def print_table(title, head, rows):
    texts = [[f"{cell:,.3g}" if isinstance(cell, float) and abs(cell) < 100 else
              f"{cell:,.0f}" if isinstance(cell, (int, float)) else str(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in [head, *texts]) for i in range(len(head))]
    print(f"\n{title}")
    for row in [head, *texts]:
        print("  " + "  ".join(text.ljust(width) if i == 0 else text.rjust(width)
                               for i, (text, width) in enumerate(zip(row, widths))))


def save(name, result):
    folder = ROOT / "bench/results"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(result, indent=1) + "\n")
    print(f"\n  {json.dumps({**result['about'], **result.get('versions', {})})}")
