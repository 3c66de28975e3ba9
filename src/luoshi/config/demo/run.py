"""`.venv/bin/luoshi demo`: builds the demo when it is missing and serves it."""

import os
import sys
import time

from luoshi.config import serving, starting


class Refused(Exception):
    """There can be no demo here; str() says why."""


def main() -> int:
    """Exit status: 0 after Ctrl+C, 1 where it cannot start."""
    os.environ["LUOSHI_DEMO"] = "1"
    try:
        number = serving.port()
        with serving.held(number):
            make()
    except (serving.Unserved, Refused) as reason:
        print(reason, file=sys.stderr)  # noqa: T201
        return 1
    except KeyboardInterrupt:
        print("Stopped; nothing of the demo was kept. The next start builds it again.", file=sys.stderr)  # noqa: T201
        return 1
    return serving.serve(number, lambda: starting.said(number))


def make() -> None:
    """An up-to-date database with the demo in it. Raises Refused where the database holds somebody's own units."""
    starting.set_up()
    from . import build, units

    if build.present():
        return
    if build.taken():
        raise Refused("This database already holds units of its own, so no demo is put into it. Start it with "
                      "`.venv/bin/luoshi serve`, or name another folder in LUOSHI_DATA.")
    began = time.monotonic()
    say(f"Building the demo: a fictional ministry of {units.S.branches} branches (once, under a minute) …")
    build.build(units.S, say=say)
    say(f"Built in {time.monotonic() - began:.0f} s.")


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201
