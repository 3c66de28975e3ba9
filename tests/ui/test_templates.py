"""Templates: they speak through gettext, carry nothing the page's policy forbids, and use classes which exist."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import nodes

from luoshi.ui import icons
from scripts.gallery import PAGES, ROOT, context, draw, environment

SOURCE = ROOT / "src/luoshi"
FILES = sorted(p for p in SOURCE.rglob("*.html") if "templates" in p.parts)
ENV = environment(ROOT / "scripts/gallery")
SHEETS = "\n".join(p.read_text() for p in sorted(SOURCE.rglob("static/**/*.css")))
SCRIPTS = "\n".join(p.read_text() for p in sorted(SOURCE.rglob("static/**/*.js")))
STYLED = set(re.findall(r"\.([a-zA-Z][\w-]*)", re.sub(r"url\([^)]*\)|/\*.*?\*/", "", SHEETS, flags=re.S)))
# A class without a rule of its own: the script looks for it, or it names a container for its tests.
SOUGHT = set(re.findall(r"[\w ]*\.([a-z][\w-]*)(?=[\"' \[:,)>])", SCRIPTS))
NAMED = {"crumbs", "answers", "files", "end", "rise", "job", "preview", "bulk", "tasks", "list", "bare"}
CLASSES = STYLED | SOUGHT | NAMED
HAN = re.compile(r"[\u4e00-\u9fff]")
SPEAKING = {"_", "gettext", "ngettext"}
files = pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))


def spoken(node: nodes.Node, inside: bool = False) -> Iterator[tuple[str, bool]]:
    """Every Chinese text of a template, and whether it goes through gettext."""
    if isinstance(node, nodes.TemplateData) and HAN.search(node.data):
        yield node.data.strip(), False
    if isinstance(node, nodes.Const) and isinstance(node.value, str) and HAN.search(node.value):
        yield node.value, inside
    for child in node.iter_child_nodes():
        # Only what is handed to gettext as the text itself counts, not what is put into it.
        calls = isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in SPEAKING
        yield from spoken(child, (calls and child in node.args) or (inside and not isinstance(node, nodes.Call)))


def rendered() -> Iterator[tuple[str, str]]:
    for name in PAGES:
        for large in (False, True):
            yield name, draw(ENV, name, large)
    for code in (400, 403, 404, 409, 413, 429, 500, 503):
        yield str(code), ENV.get_template(f"{code}.html").render(reference="A7F3")


@files
def test_every_word_can_be_translated(path: Path) -> None:
    tree = ENV.parse(path.read_text())
    assert [text for text, free in spoken(tree) if not free] == []


@files
def test_messages_are_sound(path: Path) -> None:
    for call in ENV.parse(path.read_text()).find_all(nodes.Call):
        if not (isinstance(call.node, nodes.Name) and call.node.name in SPEAKING):
            continue
        for part in call.args[: 2 if call.node.name == "ngettext" else 1]:
            assert isinstance(part, nodes.Const), "gettext needs the text itself"
            names = {k.key for k in call.kwargs} | {"num"}
            assert set(re.findall(r"%\((\w+)\)s", part.value)) <= names
            assert "%" not in re.sub(r"%\(\w+\)s|%%", "", part.value)
            assert not re.search(r"[!！你]|系统异常|^(确定|OK)$", part.value)


# One page is sent away as a file and stands alone, with its own classes, under a policy of hashes that tests/packets hold.
SENT_AWAY = "packet.html"


@files
def test_nothing_the_policy_forbids(path: Path) -> None:
    text = path.read_text()
    if path.name == SENT_AWAY:
        text = re.sub(r"<(style|script)[^>]*>\{\{ (style|script|content|seal) \}\}</\1>", "", text)
    assert not re.search(r"<[^>]*\sstyle\s*=", text)
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|javascript:", text)
    assert not re.search(r"hx-on|hx-vals=.js:|hx-vars", text)
    assert "|safe" not in text.replace(" ", "") or path.parts[-2] == "pages"


@files
def test_every_icon_exists(path: Path) -> None:
    named = set(re.findall(r"icon\(\"([\w-]+)\"\)", path.read_text()))
    assert named <= icons.NAMES


@files
def test_every_class_exists(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.S)
    text = re.sub(r"\{\{.*?\}\}", "\x00", text, flags=re.S)
    used = set()
    for value in re.findall(r"\bclass=\"((?:\{%.*?%\}|[^\"])*)\"", text, flags=re.S):
        used |= {c for c in re.sub(r"\{%.*?%\}", " ", value).split() if "\x00" not in c}
    assert used - CLASSES == ({"warn"} if path.name == SENT_AWAY else set())


def test_no_class_is_left_in_drawn_pages() -> None:
    used = {c for _, html in rendered() for value in re.findall(r"\bclass=\"?([^\">]*)", html) for c in value.split()}
    assert used - CLASSES == set()


@pytest.mark.parametrize(("name", "html"), list(rendered()))
def test_drawn_pages_are_well_made(name: str, html: str) -> None:
    assert html.lstrip().startswith("<!doctype html>")
    ids = re.findall(r"\bid=\"([^\"]+)\"", re.sub(r"<template>.*?</template>", "", html, flags=re.S))
    assert len(ids) == len(set(ids))
    assert html.count("<h1") == (2 if name == "work" else 1)
    for target in re.findall(r"<label[^>]*\bfor=\"([^\"]+)\"", html):
        assert f'id="{target}"' in html
    for target in re.findall(r"aria-(?:describedby|labelledby)=\"([^\"]+)\"", html):
        assert set(target.split()) <= set(ids)
    assert "Undefined" not in html
    assert ">None<" not in html


def test_one_part_serves_page_and_fragment() -> None:
    values = context(ENV, "list")
    whole = draw(ENV, "list")
    text = (ROOT / "scripts/gallery/list.html").read_text().replace('"layouts/page.html"', '"layouts/part.html"', 1)
    part = ENV.from_string(text).render(**values)
    inside = part[part.index("</title>") + 8 : part.index('<div id="messages"')].strip()
    assert inside in whole
    assert "<html" not in part
    assert '<nav class="subnav"' not in part


def test_a_value_cannot_break_out() -> None:
    evil = '"><script>alert(1)</script>'
    field = {
        "name": "a",
        "label": evil,
        "value": evil,
        "errors": [evil],
        "help": evil,
        "type": "text",
        "placeholder": evil,
    }
    kinds = ["text", "textarea", "select", "radio", "checks", "check", "person", "people", "static", "money", "file"]
    module = ENV.get_template("parts/field.html").module
    for kind in kinds:
        value = [(evil, evil)] if kind == "people" else evil
        html = module.field(
            {**field, "type": kind, "value": value, "choices": [(evil, evil, evil)], "shown": evil, "unit": evil}
        )
        assert "<script" not in html
        assert '""' not in html.replace('value=""', "")
    small = ENV.get_template("parts/small.html").module
    assert "<script" not in small.message("error", evil, evil, evil) + small.lamp("ok", evil) + small.badge(evil)


def test_fields_give_back_what_was_typed() -> None:
    field = ENV.get_template("parts/field.html").module.field
    assert 'value="0"' in field({"name": "n", "label": "n", "type": "number", "value": 0})
    assert "selected" in field(
        {"name": "n", "label": "n", "type": "select", "value": 2, "choices": [("1", "a"), ("2", "b")]}
    )
    assert (
        field(
            {"name": "n", "label": "n", "type": "checks", "value": [1, 2], "choices": [(1, "a"), (2, "b"), (3, "c")]}
        ).count(" checked")
        == 2
    )
    assert "value=" not in field({"name": "n", "label": "n", "type": "password", "value": "secret"})
    assert 'aria-invalid="true"' in field({"name": "n", "label": "n", "errors": ["x"]})
    assert 'aria-describedby="f-n-help f-n-error"' in field({"name": "n", "label": "n", "help": "h", "errors": ["x"]})
