"""The packet as one HTML file: its own style and script, no address outside it, and a policy that allows none."""

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.template.loader import get_template
from markupsafe import Markup

from . import contents

_DATA = Path(__file__).parent / "data"


class Oversized(ValueError):
    """The file would be larger than a packet may be."""


def page(made: Mapping[str, Any], secret: str) -> bytes:
    """The file. Raises Oversized above 200 KB."""
    content, sign = contents.signed(made, secret)
    style, script = _read("packet.css"), _read("packet.js")
    policy = (f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; img-src data:; "
              "form-action 'none'; base-uri 'none'")
    template: Any = get_template("engine/packet.html", using="jinja2")
    html = template.template.render(
        style=Markup(style), script=Markup(script), content=Markup(content), policy=policy,  # noqa: S704  our own files, and JSON without "<"
        seal=Markup(json.dumps({"secret": secret, "sign": sign})), made=made)  # noqa: S704  two hexadecimal numbers
    file: bytes = html.encode()
    if len(file) > contents.MOST_BYTES:
        raise Oversized
    return file


@cache
def _read(name: str) -> str:
    return (_DATA / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
