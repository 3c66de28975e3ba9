"""Every colour token keeps its contrast: normal type, large type, and grey mode."""

import re
from pathlib import Path

import pytest

from luoshi.ui import svg

CSS = (Path(svg.__file__).parent / "static/luoshi.css").read_text()
TEXT = ["ink", "ink-2", "ink-3", "link", "late", "soon", "ok", "none", "waived"]
BOXES = [("error-ink", "error-bg"), ("notice-ink", "notice-bg"), ("done-ink", "done-bg"), ("info-ink", "info-bg")]
GROUNDS = ["card", "bg"]


def tokens(selector: str) -> dict[str, str]:
    """The colour tokens which one rule of the sheet sets."""
    body = re.search(rf"(?:^|\}}|\n){re.escape(selector)}\{{([^}}]*)\}}", CSS)
    assert body is not None
    return dict(re.findall(r"--([\w-]+):(#[0-9A-Fa-f]{6})", body[1]))


NORMAL = tokens(":root")
LARGE = {**NORMAL, **tokens("html.large")}


def channels(colour: str) -> list[float]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def contrast(one: list[float], other: list[float]) -> float:
    """Contrast ratio of WCAG 2.2 for two colours of 0-255."""

    def luminance(rgb: list[float]) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in rgb)]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def grey(rgb: list[float]) -> list[float]:
    return [0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]] * 3


def ratio(set_: dict[str, str], one: str, other: str) -> float:
    pick = {"white": "#FFFFFF", **set_}
    return contrast(channels(pick[one]), channels(pick[other]))


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("name", TEXT)
def test_text(name: str, ground: str) -> None:
    assert ratio(NORMAL, name, ground) >= 4.5
    assert ratio(LARGE, name, ground) >= 7
    shades = (grey(channels(NORMAL[name])), grey(channels(NORMAL[ground])))
    assert contrast(*shades) >= 4.5


@pytest.mark.parametrize(("ink", "ground"), BOXES)
def test_boxes(ink: str, ground: str) -> None:
    assert ratio(NORMAL, ink, ground) >= 4.5
    assert ratio(LARGE, ink, ground) >= 7
    assert contrast(grey(channels(NORMAL[ink])), grey(channels(NORMAL[ground]))) >= 4.5


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        ("white", "brand-900", 7),
        ("white", "brand-700", 7),
        ("white", "brand-600", 4.5),
        ("gold", "brand-700", 3),
        ("focus-on-red", "brand-700", 3),
        ("focus-on-red", "brand-900", 3),
        ("line-input", "card", 3),
        ("line-input", "head", 3),
        ("link", "bg", 3),
        ("ink-2", "head", 4.5),
        ("ink-3", "head", 4.5),
        ("ink-2", "none-bg", 4.5),
        ("ink-3", "none-bg", 4.5),
        ("ink", "chosen", 4.5),
        ("link", "chosen", 4.5),
        ("late", "chosen", 4.5),
        ("brand-900", "chosen", 4.5),
        ("brand-700", "card", 4.5),
    ],
)
def test_pairs(one: str, other: str, least: float) -> None:
    assert ratio(NORMAL, one, other) >= least


def test_brand_red_is_not_alarm_red() -> None:
    assert NORMAL["brand-700"] != NORMAL["late"]
    assert NORMAL["late"] == svg.COLOURS["late"]


@pytest.mark.parametrize("state", sorted(svg.COLOURS))
def test_words_in_drawings(state: str) -> None:
    assert contrast(channels(svg.COLOURS[state]), [255, 255, 255]) >= 4.5


def test_nothing_below_fourteen_pixels_but_the_bell_count() -> None:
    sizes = [float(n) * 16 for n in re.findall(r"font-size:(\.?\d[\d.]*)rem", CSS)]
    assert min(size for size in sizes if size != 12) >= 14
    assert sizes.count(12.0) == 1
