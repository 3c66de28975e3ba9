"""The floor itself: plain Python that starts fast and asks neither Django nor the clock."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import luoshi.kernel

FLOOR = Path(luoshi.kernel.__path__[0])
MODULES = sorted(FLOOR.glob("*.py"))


def test_all_modules_are_there() -> None:
    wanted = "places periods workdays shares moves money names numbers words ids codes"
    assert set(wanted.split()) <= {one.stem for one in MODULES}


@pytest.mark.parametrize("module", MODULES, ids=lambda one: one.stem)
def test_no_upper_floor_no_clock_no_chance(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    forbidden = {"django", "time", "random", "secrets", "socket", "urllib", "requests", "os"}
    assert not {name for name in imported if name.split(".")[0] in forbidden}
    assert not {name for name in imported if name.startswith("luoshi.") and not name.startswith("luoshi.kernel")}
    asked = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not asked & {"today", "now", "utcnow"}


def test_importing_the_floor_loads_no_heavy_library() -> None:
    wanted = ", ".join(f"luoshi.kernel.{one.stem}" for one in MODULES if one.stem != "__init__")
    heavy = ["django", "pypinyin", "holidays", "cn2an", "lunardate", "cn_sort", "jieba", "numpy"]
    program = f"import sys\nimport {wanted}\nprint([one for one in {heavy!r} if one in sys.modules])"
    environment = {"PYTHONPATH": str(FLOOR.parent.parent)}
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)
    assert found.stdout.strip() == "[]"
