"""The text in which records travel back: what it looks like, how it is signed, and why one is not accepted.

`LUOSHI1.<number>.<sequence>.<j|z>.<content>.<mac>`: content is JSON in UTF-8 (`z`: deflated first) in base64url without
padding; mac is HMAC-SHA256, in hex, over all characters before its dot, with the packet's own secret.
"""

import base64
import binascii
import hashlib
import hmac
import json
import re
import zlib
from dataclasses import dataclass
from typing import Any

MOST_TEXT = 400_000  # characters of a packet back, whatever is pasted round it
MOST_CONTENT = 1_000_000  # bytes of its content once inflated
MARK = "LUOSHI1"
_FORM = re.compile(MARK + r"\.([0-9a-f]{10})\.([0-9]{1,6})\.([jz])\.([A-Za-z0-9_-]+)\.([0-9a-f]{64})")
_PADDED = re.compile(r"[\s>\u200b\ufeff]+")  # what mail programs put between the characters


class Unaccepted(ValueError):
    """The text is no packet or not the one that was made; `code` says why: "unreadable" or "altered"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Envelope:
    """A packet that was read, but not yet opened with its secret."""

    number: str
    sequence: int
    packed: str
    content: str
    signed: str
    mac: str


def mac(text: str, secret: str) -> str:
    """The signature of a text."""
    return hmac.digest(secret.encode(), text.encode(), "sha256").hex()


def fingerprint(text: str) -> str:
    """SHA-256 of a text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(content: Any) -> str:
    """The one way to write a content down: sorted names, no blanks, no escapes of what UTF-8 can say.

    `<` is escaped, so that the text can stand inside a page.
    """
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def packed(content: Any, *, number: str, sequence: int, secret: str, deflated: bool = False) -> str:
    """A content as the text that travels."""
    raw = canonical(content).encode()
    if deflated:
        worker = zlib.compressobj(9, zlib.DEFLATED, -15)
        raw = worker.compress(raw) + worker.flush()
    body = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    signed = f"{MARK}.{number}.{sequence}.{'z' if deflated else 'j'}.{body}"
    return f"{signed}.{mac(signed, secret)}"


def read(text: str) -> Envelope:
    """Find the packet in a text, also one that a mail program has broken into lines. Raises Unaccepted."""
    if len(text) > MOST_TEXT:
        raise Unaccepted("unreadable")
    found = _FORM.search(_PADDED.sub("", text))
    if found is None:
        raise Unaccepted("unreadable")
    number, sequence, way, body, sign = found.groups()
    return Envelope(number, int(sequence), way, body, found[0].rsplit(".", 1)[0], sign)


def opened(envelope: Envelope, secret: str) -> Any:
    """The content, once the signature is right. Raises Unaccepted."""
    if not hmac.compare_digest(mac(envelope.signed, secret), envelope.mac):
        raise Unaccepted("altered")
    try:
        raw = base64.b64decode(envelope.content + "=" * (-len(envelope.content) % 4), altchars=b"-_", validate=True)
        if envelope.packed == "z":
            worker = zlib.decompressobj(-15)
            raw = worker.decompress(raw, MOST_CONTENT)
            if worker.unconsumed_tail:
                raise Unaccepted("unreadable")
        return json.loads(raw.decode())
    except (binascii.Error, zlib.error, ValueError, RecursionError) as error:
        raise Unaccepted("unreadable") from error
