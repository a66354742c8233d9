"""One connection to the server: keys, retries, work that takes long. Standard library only."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
import urllib.parse
import uuid
from typing import Any, Callable

RETRIED = (429, 503)
WAIT_SECONDS = 20  # of one request for work that takes long; then it is asked for again


class Problem(Exception):
    """What the server refused, as RFC 9457 has it."""

    def __init__(self, status: int, reply: dict[str, Any]) -> None:
        self.status = status
        self.code: str = reply.get("code", "")
        self.detail: str = reply.get("detail", "")
        self.about: str = reply.get("about", "")
        self.request_id: str = reply.get("instance", "")
        super().__init__(f"{self.detail} ({self.about})" if self.about else self.detail or f"HTTP status {status}")


class Connection:
    """Safe to share between threads: each has a socket of its own.

    A request is sent again, up to `attempts` times, where the server is busy or the connection breaks. Writes carry an
    Idempotency-Key, so that one which had taken effect is not repeated.
    """

    def __init__(self, url: str, key: str, *, timeout: float = 60.0, attempts: int = 5,
                 sleep: Callable[[float], None] = time.sleep) -> None:
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{url!r} is no address of a server; give one like http://127.0.0.1:8080")
        if any(not 0x20 < ord(letter) < 0x7F for letter in key):
            raise ValueError("the key has blanks or letters that no key has; copy it again")
        self._parts, self._key = parts, key
        self._timeout, self._attempts, self._sleep = timeout, attempts, sleep
        self._local = threading.local()

    def read(self, operation: str, request: dict[str, Any]) -> Any:
        return self._post(operation, request, {})[1]

    def write(self, operation: str, request: dict[str, Any]) -> Any:
        return self._post(operation, request, {"Idempotency-Key": uuid.uuid4().hex})[1]

    def work(self, operation: str, request: dict[str, Any]) -> Any:
        """Starts what takes long and waits for its end."""
        headers = {"Idempotency-Key": uuid.uuid4().hex, "Prefer": f"wait={WAIT_SECONDS}"}
        status, reply = self._post(operation, request, headers)
        pause = 0.1
        while status == 202:
            _, run = self._ask("GET", f"/v1/runs/{reply['id']}", None, {})
            if run["state"] == "done":
                return run["reply"]
            if run["state"] == "failed":
                raise Problem(run.get("error", {}).get("status", 500), run.get("error", {}))
            self._sleep(pause)
            pause = min(2.0, pause * 1.5)
        return reply

    def _post(self, operation: str, request: dict[str, Any], headers: dict[str, str]) -> tuple[int, Any]:
        given = {name: value for name, value in request.items() if value is not None}
        return self._ask("POST", "/v1/" + operation.replace(".", "/"), json.dumps(given), headers)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, Any]:
        for attempt in range(1, self._attempts + 1):
            last = attempt == self._attempts
            try:
                status, asked_pause, text = self._once(method, path, body, headers)
            except (OSError, http.client.HTTPException):
                self._close()
                if last:
                    raise
                self._sleep(self._pause(attempt))
                continue
            if status in RETRIED and not last:
                self._sleep(max(asked_pause, self._pause(attempt)))
                continue
            return status, self._value(status, text)
        raise AssertionError("attempts is at least 1")

    def _once(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, float, bytes]:
        connection = self._open()
        every = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json", **headers}
        connection.request(method, self._parts.path.rstrip("/") + path, None if body is None else body.encode(), every)
        reply = connection.getresponse()
        text = reply.read()
        after = reply.headers.get("Retry-After", "")
        return reply.status, float(after) if after.isdigit() else 0.0, text

    @staticmethod
    def _value(status: int, text: bytes) -> Any:
        try:
            value = json.loads(text) if text else None
        except ValueError:
            value = None
        if status >= 400 or (value is None and text):
            raise Problem(status, value if isinstance(value, dict) else {})
        return value

    @staticmethod
    def _pause(attempt: int) -> float:
        """Seconds: 0.1, 0.2, 0.4 … at most 10, and up to half as many more, so that clients do not come back together."""
        return min(10.0, 0.05 * 2**attempt) * (1 + random.random() / 2)

    def _open(self) -> http.client.HTTPConnection:
        if not hasattr(self._local, "connection"):
            kind = http.client.HTTPSConnection if self._parts.scheme == "https" else http.client.HTTPConnection
            self._local.connection = kind(str(self._parts.hostname), self._parts.port, timeout=self._timeout)
        connection: http.client.HTTPConnection = self._local.connection
        return connection

    def _close(self) -> None:
        if hasattr(self._local, "connection"):
            self._local.connection.close()
            del self._local.connection
