"""What a page weighs on the wire, by the budgets of the product."""

import gzip
from pathlib import Path

import django_htmx
import pytest

from luoshi.ui import icons
from scripts.gallery import PAGES, ROOT, draw, environment

STATIC = Path(icons.__file__).parent / "static"
HTMX = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"
ENV = environment(ROOT / "scripts/gallery")


def weight(data: bytes) -> int:
    return len(gzip.compress(data, 9))


def weigh(name: str) -> int:
    return weight((STATIC / name).read_bytes())


def page(name: str) -> str:
    return draw(ENV, name)


def test_sheet() -> None:
    assert weigh("luoshi.css") <= 14 * 1024


def test_scripts() -> None:
    assert weigh("luoshi.js") <= 8 * 1024
    assert weigh("luoshi.js") + weight(HTMX.read_bytes()) <= 22 * 1024


@pytest.mark.parametrize("name", sorted(PAGES))
def test_pages(name: str) -> None:
    assert weight(page(name).encode()) <= 20 * 1024


def test_first_visit() -> None:
    shared = sum(weigh(n) for n in ("luoshi.css", "luoshi.js", "icons.svg", "favicon.svg")) + weight(HTMX.read_bytes())
    assert shared + max(weight(page(n).encode()) for n in PAGES) <= 60 * 1024


def test_the_sprite_holds_what_is_named() -> None:
    text = (STATIC / "icons.svg").read_text()
    assert {n for n in icons.NAMES if f'<symbol id="{n}"' in text} == icons.NAMES
    assert text.count("<symbol ") == len(icons.NAMES)
    with pytest.raises(KeyError):
        icons.icon("flag", sprite_url="x")


def test_nothing_comes_from_elsewhere() -> None:
    for name in ("luoshi.css", "luoshi.js"):
        text = (STATIC / name).read_text()
        assert "@import" not in text
        assert "//fonts." not in text
        assert "url(http" not in text
        assert 'fetch("http' not in text
