"""Runs the reader of a hostile-prone format in a child process, so that the worst file costs one refusal."""

import json
import os
import subprocess
import sys
import tempfile
from typing import Any

from ..blocks import Block, Document, document
from ..errors import BROKEN, Unreadable
from . import scale

_WALL_SECONDS = 60


def read(data: bytes, family: str) -> Document:
    """The document that the child read from `data`; `family` is "zip" or "pdf". Raises Unreadable.

    Safe from a threaded server: the child is a fresh interpreter that sets its own limits, nothing runs between
    fork and exec.
    """
    # -P keeps files of the current folder from being imported; the path is handed over so that any install works
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LC_ALL": "C.UTF-8", "TMPDIR": "/nonexistent"}
    command = [sys.executable, "-P", "-m", "luoshi.plan.reading.formats.child", family]
    with tempfile.TemporaryFile() as given:
        given.write(data)
        given.seek(0)
        try:
            done = subprocess.run(  # noqa: S603  our own module, no shell, no user text in the command
                command, stdin=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env=environment, timeout=_WALL_SECONDS, check=False,
            )
        except subprocess.TimeoutExpired:
            raise scale.heavy() from None
    return _answer(done.returncode, done.stdout)


def _answer(status: int, output: bytes) -> Document:
    try:
        answer: dict[str, Any] = json.loads(output)
    except ValueError:
        # a signal means that a limit struck; a plain failure that the library gave up on the file
        raise (scale.heavy() if status < 0 else Unreadable(BROKEN)) from None
    if status != 0 or "error" in answer:
        raise Unreadable(str(answer.get("error") or scale.heavy()))
    blocks = [Block(text, kind, level, number, tuple((h, v) for h, v in cells))
              for text, kind, level, number, cells in answer["blocks"]]
    return document(blocks, answer["format"])
