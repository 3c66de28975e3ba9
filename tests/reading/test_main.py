"""The front door: reading a plan starts without Django, everything else is Django's own command line."""

import os
import subprocess
import sys
from pathlib import Path

from . import build_gold

CODE = """
import sys
from luoshi.__main__ import main
status = main()
print("DJANGO" if "django" in sys.modules else "PLAIN", status)
"""


def run(*arguments: str) -> list[str]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run([sys.executable, "-c", CODE, *arguments], capture_output=True, env=environment, check=True)
    return done.stdout.decode().splitlines()


def test_reading_a_plan_needs_no_django(tmp_path: Path):
    assert run("plan", "read", str(build_gold.build("district", tmp_path)))[-1] == "PLAIN 0"
    assert run("plan", "read", str(tmp_path / "没有.docx"))[-1] == "PLAIN 2"


def test_other_commands_are_djangos():
    said = run("version")
    assert said[0].startswith("5.2")
    assert said[-1] == "DJANGO 0"
