"""The commands: the map is current, a right is explained, a new register starts with all its rooms."""

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from luoshi.foundation.grants import Verb

ROOT = Path(__file__).resolve().parent.parent.parent


def test_docs_map_is_current():
    call_command("map", "--check")


def test_why_explains_a_refusal_and_a_grant(house, grant):
    account = grant(house.here, Verb.ADD, "meeting")
    out = StringIO()
    call_command("why", account.login, "add", "meeting", house.here.code, stdout=out)
    assert "opens the door" in out.getvalue() and "→ may add" in out.getvalue()
    out = StringIO()
    call_command("why", account.login, "change", "meeting", house.here.code, stdout=out)
    assert "a lower verb" in out.getvalue() and "→ may not change" in out.getvalue()
    out = StringIO()
    call_command("why", account.login, "add", "meeting", house.beside.code, stdout=out)
    assert "another part of the tree" in out.getvalue()


def test_newregister_writes_rooms_that_pass_the_checks(tmp_path, settings):
    settings.PACKAGE = tmp_path / "luoshi"
    call_command("newregister", "pairing", stdout=StringIO())
    folder = tmp_path / "luoshi" / "registers" / "pairing"
    assert {p.name for p in folder.iterdir()} == {"__init__.py", "rules.py", "models.py", "register.py", "migrations",
                                                  "tests"}
    for path in folder.rglob("*.py"):
        compile(path.read_text(encoding="utf-8"), path.name, "exec")
    rules = (folder / "rules.py").read_text(encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", f"{rules}\nassert dict(problems(title=''))"], check=False)
    assert done.returncode == 0
    with pytest.raises(CommandError):
        call_command("newregister", "pairing")


def test_verify_says_how_many_lines_hold(house, system):
    from luoshi.engine import samples
    from luoshi.engine.register import register

    samples.saved(register("meeting"), house.here, system)
    out = StringIO()
    call_command("verify", stdout=out)
    assert "lines in" in out.getvalue()
