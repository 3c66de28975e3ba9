"""The shape of the house: small files, first sentences, the two doors, plain rules, contracts."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src" / "luoshi"
FILES = sorted(p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts)
OWN = [p for p in FILES if "tests" not in p.parts]
DOORS = re.compile(r"\.save\(|\.objects\.create|\.objects\.bulk_create|\.update\(|\.delete\(|\.bulk_update\(")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES + sorted((ROOT / "tests").rglob("*.py")), ids=name)
def test_no_file_passes_four_hundred_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", OWN, ids=name)
def test_every_file_opens_with_a_sentence(path):
    text = path.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text)), f"{name(path)} has no first sentence"


@pytest.mark.parametrize("path", OWN, ids=name)
def test_no_drawer_names(path):
    assert path.stem not in {"utils", "util", "helpers", "common", "manager", "managers", "base", "misc"}


@pytest.mark.parametrize("path", [p for p in OWN if {"registers", "plan"} & set(p.parts) and "reading" not in p.parts],
                         ids=name)
def test_registers_and_plan_write_only_through_the_door(path):
    """A dictionary's update is allowed only under another spelling: `found |= …`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    wrong = [f"{c.func.attr} in line {c.lineno}" for c in calls
             if c.func.attr in {"create", "bulk_create", "bulk_update", "update", "delete", "get_or_create"}
             or (c.func.attr == "save" and getattr(c.func.value, "id", "") not in {"write"})]
    assert not wrong


def test_rules_and_kernel_can_be_imported_where_django_is_not():
    rules = [".".join(p.relative_to(SOURCE.parent).with_suffix("").parts) for p in OWN
             if p.name == "rules.py" or "kernel" in p.parts or ("reading" in p.parts and "formats" not in p.parts)]
    code = ("import sys; sys.modules['django'] = None\n"
            + "\n".join(f"import {m.removesuffix('.__init__')}" for m in rules))
    # The registers' packages themselves must not pull Django in either.
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "src", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_rule_takes_its_arguments_by_name():
    for path in (p for p in OWN if p.name == "rules.py" and "registers" in p.parts):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                assert not node.args.args, f"{name(path)}: {node.name} takes positional arguments"


def test_no_clock_below_the_pages():
    clock = re.compile(r"date\.today\(|datetime\.now\(|timezone\.now\(|localdate\(|(?<!date)time\.time\(")
    allowed = {"engine/jobs.py", "engine/actor.py", "engine/write.py", "engine/bulk.py", "engine/transfer/writing.py"}
    for path in OWN:
        where = path.relative_to(SOURCE).as_posix()
        if where.startswith("config/") or where in allowed:
            continue
        assert not clock.search(path.read_text(encoding="utf-8")), where


def test_the_import_contracts_hold():
    done = subprocess.run([str(Path(sys.executable).parent / "lint-imports"), "--no-logo"], cwd=ROOT,
                          capture_output=True, text=True, check=False, env={"PYTHONPATH": "src", "PATH": "/usr/bin:/bin"})
    assert done.returncode == 0, done.stdout + done.stderr
