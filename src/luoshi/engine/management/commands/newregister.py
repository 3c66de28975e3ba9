"""Writes the folder of a new register: the two obligatory rooms, rules, and a test that says what to do next."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

ROOMS = {
    "__init__.py": '"""{title}: say here in one sentence what the folder is for."""\n',
    "rules.py": '''"""When {article} {name} may be recorded and what follows from it. No Django, no clock."""

from collections.abc import Iterator


def problems(*, title: str) -> Iterator[tuple[str, str]]:
    """Yield (field, sentence) for each reason the record is not right; cite the regulation and article."""
    if not title.strip():
        yield "title", "请填写名称"
''',
    "models.py": '''"""{title} as stored."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.record import Record

from . import rules


class {title}(Record):
    title = models.CharField(_("名称"), max_length=200)
    held_on = models.DateField(_("日期"))

    class Meta:
        verbose_name = _("{name}")
        indexes = [models.Index(fields=["place", "id"]), models.Index(fields=["-held_on", "-id"])]

    def __str__(self) -> str:
        return self.title

    def problems(self, **_more: Any) -> Iterable[tuple[str, Any]]:
        return rules.problems(title=self.title)
''',
    "register.py": '''"""{title}: the declaration."""

from luoshi.engine.register import Register

from .models import {title}


class {title}Register(Register):
    name = "{name}"
    model = {title}
    entry = "activities"
    columns = ("title", "unit", "held_on")
    filters = ("unit", "held_on")
    form = ("unit", "title", "held_on")
    key = ("unit", "held_on", "title")
    search = ("title",)
    order = ("-held_on", "-id")
''',
    "migrations/__init__.py": "",
    "tests/__init__.py": "",
    "tests/test_rules.py": '''"""The rules of {name}; pages, rights, import and export are tested for every register at once."""

from luoshi.registers.{name} import rules


def test_a_title_of_blanks_is_refused():
    assert dict(rules.problems(title=" ")) == {{"title": "请填写名称"}}
    assert not list(rules.problems(title="学习"))
''',
}


class Command(BaseCommand):
    help = "newregister NAME: write src/luoshi/registers/NAME with its rooms"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"]
        if not name.isidentifier() or name != name.lower():
            raise CommandError("the name must be a lower-case word, for example: mentoring")
        folder = Path(settings.PACKAGE) / "registers" / name
        if folder.exists():
            raise CommandError(f"{folder} exists already")
        words = {"name": name, "title": name.title().replace("_", ""), "article": "a"}
        for file, text in ROOMS.items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.format(**words), encoding="utf-8")
        self.stdout.write(f'Written. Add "luoshi.registers.{name}" to REGISTERS in config/settings.py, then: '
                          f".venv/bin/luoshi makemigrations {name} && make messages && make map && make test")
