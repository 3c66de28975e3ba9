"""Draws docs/map.md from the code and docs/registers.md from the declarations; --check compares instead."""

import ast
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import override

from luoshi.engine.events import listened
from luoshi.engine.register import Register, registers

PACKAGE = Path(settings.PACKAGE)
DOCS = PACKAGE.parent.parent / "docs"
LEFT_OUT = {"migrations", "tests", "__pycache__"}


class Command(BaseCommand):
    help = "map [--check]: write docs/map.md and docs/registers.md, or say whether they are current"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        with override("zh-hans"):
            pages = {"map.md": house(), "registers.md": guide()}
        for name, text in pages.items():
            path = DOCS / name
            if not options["check"]:
                path.write_text(text, encoding="utf-8")
            elif not path.exists() or path.read_text(encoding="utf-8") != text:
                self.stderr.write(f"docs/{name} is not current: run make map")
                sys.exit(1)


def house() -> str:
    """Every file with the sentence it opens with."""
    lines = ["# Map of the house", "", "Drawn by `make map` from the first sentence of every file.", ""]
    for folder in sorted({p.parent for p in files()}):
        lines.append(f"## {folder.relative_to(PACKAGE.parent).as_posix()}/")
        lines += [f"- `{p.name}` {caption(p)}" for p in sorted(folder.glob("*.py")) if caption(p)]
        lines.append("")
    return "\n".join(lines)


def files() -> Iterator[Path]:
    for path in PACKAGE.rglob("*.py"):
        if not LEFT_OUT & set(path.relative_to(PACKAGE).parts):
            yield path


def caption(path: Path) -> str:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return text.split("\n\n")[0].replace("\n", " ")


def guide() -> str:
    """Every register with its fields, rights, indicators, duties, events and papers."""
    lines = ["# Registers", "", "Drawn by `make map` from the declarations.", ""]
    for one in sorted(registers(), key=lambda r: r.name):
        lines += chapter(one)
    lines += ["## Events", ""]
    for name in sorted({n for one in registers() for n in one.announces}):
        heard = ", ".join(f"`{r.__module__}.{r.__name__}`" for r in listened().get(name, ())) or "nobody yet"
        lines.append(f"- `{name}` → {heard}")
    return "\n".join([*lines, ""])


def chapter(one: Register) -> list[str]:
    lines = [f"## {one.label} `{one.name}`", "", f"{(one.__doc__ or caption_of(one)).strip()}", "",
             f"- Columns: {', '.join(f'`{c}`' for c in one.columns)}",
             f"- Form: {', '.join(f'`{c}`' for c in one.form) or '—'}",
             f"- Key for imports: {', '.join(f'`{c}`' for c in one.key) or '—'}",
             f"- Rights: see, add, change, manage on `{one.name}`{' (sensitive)' if one.sensitive else ''}"]
    lines += [f"- Indicator `{i.name}` {i.label} ({i.kind})" for i in one.indicators]
    lines += [f"- Duty `{d.name}` {d.label}: {d.article}" for d in one.duties]
    lines += [f"- Paper `{d.name}` {d.label}" for d in one.documents]
    return [*lines, ""]


def caption_of(one: Register) -> str:
    module = sys.modules[type(one).__module__]
    return (module.__doc__ or "").split("\n\n")[0].replace("\n", " ")
