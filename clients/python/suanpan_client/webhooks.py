"""The receiving end of a shop's webhooks (Standard Webhooks 1.0): is a letter ours, fresh, and not taken before?"""

import base64
import hashlib
import hmac
import time
from collections.abc import Callable, Mapping

TOLERANCE = 300  # seconds that a letter's time may be off


class BadLetter(Exception):
    """Why a letter is not to be acted on."""


class Receiver:
    """Checks letters with the secret that `suanpan decisions webhook-secret` printed ("whsec_…").

    `taken` says whether a letter's id was taken before and keeps it if not; it should outlive the process, such as an INSERT
    that fails where the id is there. Without one, ids are kept in memory for twice the tolerance.
    """

    def __init__(self, secret: str, taken: Callable[[str], bool] | None = None, now: Callable[[], float] = time.time):
        self._key = base64.b64decode(secret.removeprefix("whsec_"))
        self._now = now
        self._seen: dict[str, float] = {}
        self._taken = taken or self._taken_here

    def check(self, headers: Mapping[str, str], body: bytes) -> str:
        """The letter's id. Raises BadLetter; answer what was taken before with 200, all else with 400."""
        given = {name.lower(): value for name, value in headers.items()}
        try:
            letter_id, sent = given["webhook-id"], int(given["webhook-timestamp"])
            signatures = given["webhook-signature"].split()
        except (KeyError, ValueError):
            raise BadLetter("a webhook header is missing or no number") from None
        if abs(self._now() - sent) > TOLERANCE:
            raise BadLetter("it was sent too long ago, or not yet")
        signed = f"{letter_id}.{sent}.".encode() + body
        wanted = "v1," + base64.b64encode(hmac.new(self._key, signed, hashlib.sha256).digest()).decode()
        if not any(hmac.compare_digest(wanted.encode(), one.encode()) for one in signatures):
            raise BadLetter("the signature is not ours")
        if self._taken(letter_id):
            raise BadLetter("it was taken before")
        return letter_id

    def _taken_here(self, letter_id):
        now = self._now()
        self._seen = {one: at for one, at in self._seen.items() if now - at <= 2 * TOLERANCE}
        before = letter_id in self._seen
        self._seen.setdefault(letter_id, now)
        return before
