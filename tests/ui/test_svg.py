"""Drawings: escaped, light, told apart without colour, true to their numbers."""

import gzip
import random
import re
from datetime import date
from xml.etree import ElementTree

import pytest

from luoshi.ui import svg

WORDS = {"ok": "正常", "soon": "临近", "late": "逾期", "none": "未开始", "waived": "不适用", "today": "今天"}
MONTHS = [date(2026, m, 1) for m in range(1, 13)] + [date(2027, 1, 1)]
NS = "{http://www.w3.org/2000/svg}"
EVIL = '"><script>alert(1)</script>&'


def drawings(text: str) -> dict[str, str]:
    """One drawing of each kind, with ``text`` wherever a label can stand."""
    at = {"title": text, "desc": text}
    bar = (text, date(2026, 2, 1), date(2026, 9, 1), "late", 0.5, f"/x?{text}")
    return {
        "grid": svg.lamp_grid([(text, f"/x?{text}"), text], [text], [["ok"], ["late"]], words={"ok": text}, **at),
        "timeline": svg.timeline(
            [bar], date(2026, 3, 1), [(date(2026, 4, 1), text)], MONTHS, words={"late": text, "today": text}, **at
        ),
        "bars": svg.bars([(text, 3)], [(text, 2)], unit=text, now=text, then=text, **at),
        "bullet": svg.bullet(3, 4, label=text, unit=text, limit=5, **at),
        "steps": svg.step_bar([(text, 3, text), (text, 2, text)], **at),
    }


@pytest.mark.parametrize("kind", sorted(drawings("a")))
def test_labels_are_escaped(kind: str) -> None:
    drawn = drawings(EVIL)[kind]
    root = ElementTree.fromstring(drawn)
    assert [e.tag for e in root.iter() if e.tag.endswith("script")] == []
    assert root.find(f"{NS}title").text == EVIL
    assert root.find(f"{NS}desc").text == EVIL
    assert root.get("role") == ("group" if "<a " in drawn else "img")
    assert " style=" not in drawn
    assert "<style" not in drawn


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "//elsewhere.example/",
    ],
)
def test_only_plain_addresses_become_links(href: str) -> None:
    drawn = svg.lamp_grid([("a", href)], ["b"], [["ok"]], title="t", desc="d", words=WORDS)
    assert "<a " not in drawn


def test_a_big_grid_is_light() -> None:
    rng = random.Random(5)
    rows = [(f"第{i}党支部", f"/units/{i}/") for i in range(300)]
    cells = [rng.choices(["ok", "soon", "late", "none", "waived"], [60, 10, 10, 15, 5], k=12) for _ in rows]
    drawn = svg.lamp_grid(rows, [f"{m}月" for m in range(1, 13)], cells, title="t", desc="d", words=WORDS)
    assert len(gzip.compress(drawn.encode())) <= 10 * 1024
    root = ElementTree.fromstring(drawn)
    used = [u.get("href") for u in root.iter(f"{NS}use")]
    late = sum(line.count("late") for line in cells)
    assert sum(u.endswith("late") for u in used) == late
    assert len(used) == 300 * 12 + 300


def test_states_differ_without_colour() -> None:
    bare = {state: "".join(c for c in shape if c not in "#ABCDEF") for state, shape in svg.GLYPHS.items()}
    paths = {
        state: ElementTree.fromstring(f"<g>{shape}</g>").find("path").get("d") for state, shape in svg.GLYPHS.items()
    }
    assert len(set(paths.values())) == len(svg.GLYPHS) == len(set(bare.values()))
    assert set(svg.GLYPHS) == set(svg.COLOURS)


def test_the_grid_says_its_states_in_words() -> None:
    drawn = svg.lamp_grid(["a"], ["b", "c"], [["ok", "late"]], title="t", desc="d", words=WORDS)
    assert {t.text for t in ElementTree.fromstring(drawn).iter(f"{NS}title")} == {"t", "正常", "逾期"}


def test_a_crooked_grid_is_refused() -> None:
    with pytest.raises(ValueError, match="rows x columns"):
        svg.lamp_grid(["a"], ["b", "c"], [["ok"]], title="t", desc="d", words=WORDS)
    with pytest.raises(KeyError):
        svg.lamp_grid(["a"], ["b"], [["green"]], title="t", desc="d", words=WORDS)


def test_bars_start_at_zero_and_keep_proportion() -> None:
    root = ElementTree.fromstring(svg.bars([("a", 50), ("b", 25), ("c", 0)], title="t", desc="d"))
    wide = [float(r.get("width")) for r in root.iter(f"{NS}rect")]
    assert wide[0] == 2 * wide[1]
    assert wide[2] == 0
    assert [t.text for t in root.iter(f"{NS}text") if t.text.isdigit()] == ["50", "25", "0"]


def test_bullet_shows_target_where_it_is() -> None:
    root = ElementTree.fromstring(svg.bullet(100, 400, title="t", desc="d"))
    bed, done = (float(r.get("width")) for r in root.iter(f"{NS}rect"))
    assert done * 4 == bed
    assert root.find(f"{NS}path").get("d").startswith(f"M{bed} ")


def test_timeline_marks_today_only_inside_the_axis() -> None:
    bar = [("a", date(2026, 2, 1), date(2026, 9, 1), "ok", None, None)]

    def drawn(today: date | None) -> str:
        return svg.timeline(bar, today, [], MONTHS, title="t", desc="d", words=WORDS)

    assert "今天" in drawn(date(2026, 3, 1))
    assert "今天" not in drawn(date(2027, 3, 1))
    assert "今天" not in drawn(None)
    with pytest.raises(ValueError, match="two months"):
        svg.timeline(bar, None, [], MONTHS[:1], title="t", desc="d", words=WORDS)


def test_timeline_bars_that_leave_the_axis_are_cut() -> None:
    bar = [("a", date(2025, 1, 1), date(2028, 1, 1), "ok", 1.0, None)]
    root = ElementTree.fromstring(
        svg.timeline(bar, None, [], MONTHS, title="t", desc="d", words=WORDS, label_width=200)
    )
    rects = list(root.findall(f"{NS}g/{NS}rect"))
    assert {(float(r.get("x")), float(r.get("width"))) for r in rects} == {(200.0, 780.0)}


def test_the_same_data_draws_the_same() -> None:
    assert drawings("甲") == drawings("甲")
    assert drawings("甲")["bars"] != drawings("乙")["bars"]


def test_nothing_to_draw_still_draws() -> None:
    for drawn in (
        svg.lamp_grid([], [], [], title="t", desc="d", words=WORDS),
        svg.timeline([], None, [], MONTHS, title="t", desc="d", words=WORDS),
        svg.bars([], title="t", desc="d"),
        svg.bullet(0, 0, title="t", desc="d"),
        svg.step_bar([], title="t", desc="d"),
    ):
        assert ElementTree.fromstring(drawn).tag == f"{NS}svg"


def test_coordinates_beyond_a_thousand_have_no_commas() -> None:
    drawing = svg.timeline([("甲", date(2026, 1, 1), date(2026, 12, 31), "ok", None, None)], date(2026, 6, 1), [],
                           [date(2026, m, 1) for m in range(1, 13)] + [date(2027, 1, 1)], title="t", desc="d",
                           words={"ok": "正常"})
    assert not re.findall(r'(?:x|y|width|height)="[^"]*,', drawing)
