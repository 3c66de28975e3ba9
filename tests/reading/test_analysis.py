"""Plans of several kinds read from neutral blocks: what is found, under which heading, when and by whom."""

import json
from pathlib import Path

import pytest

from luoshi.plan.reading.blocks import Block, document
from luoshi.plan.reading.tree import read_plan

from . import scoring

GOLD = Path(__file__).parent / "gold_core"
NAMES = sorted(path.stem for path in GOLD.glob("*.json") if path.stem != "plan2008")


def blocks(described):
    for one in described:
        given = {"text": one} if isinstance(one, str) else dict(one)
        cells = tuple(map(tuple, given.get("cells", ())))
        given["cells"] = cells
        given.setdefault("text", "\t".join(value for _header, value in cells))
        yield Block(**given)


def gold(name):
    held = json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))
    measures = [{"text": text, "section": section, "kind": kind, "owner": owner,
                 "timing": {"type": "none" if when is None else "dated", "normalized": when}}
                for section, text, kind, when, owner in held["measures"]]
    return held, measures


def reading(name):
    held, measures = gold(name)
    plan = read_plan(document(blocks(held["blocks"]), "txt"))
    found = plan.as_json()["measures"]
    return held, plan, [(found[a], measures[b]) for a, b in scoring.matched(found, measures)], found, measures


@pytest.mark.parametrize("name", NAMES)
def test_frame(name):
    held, plan, *_rest = reading(name)
    assert (plan.title, plan.year, plan.issuer) == (held["title"], held["year"], held["issuer"])
    assert [[s.level, s.title] for s in plan.sections] == held["sections"]


@pytest.mark.parametrize("name", NAMES)
def test_most_measures_are_found(name):
    _held, _plan, pairs, found, measures = reading(name)
    assert len(pairs) >= 0.8 * len(measures)
    assert len(pairs) >= 0.8 * len(found)


def test_measures_over_all_plans():
    counted = [(len(pairs), len(found), len(measures)) for _h, _p, pairs, found, measures in map(reading, NAMES)]
    right, found, wanted = (sum(column) for column in zip(*counted, strict=True))
    assert right >= 0.9 * found
    assert right >= 0.9 * wanted


@pytest.mark.parametrize("name", NAMES)
def test_measures_stand_under_their_heading(name):
    _held, plan, pairs, *_rest = reading(name)
    for ours, theirs in pairs:
        title = None if ours["section"] is None else plan.sections[ours["section"]].title
        assert title == theirs["section"], ours["text"]


@pytest.mark.parametrize("name", NAMES)
def test_dates_and_owners(name):
    _held, _plan, pairs, *_rest = reading(name)
    for ours, theirs in pairs:
        when = theirs["timing"]["normalized"]
        if when == "loose":
            assert ours["timing"]["normalized"] is None
            assert ours["timing"]["text"]
        elif when is not None:
            assert ours["timing"]["normalized"] == when, ours["text"]
        if theirs["owner"]:
            assert ours["owner"] == theirs["owner"], ours["text"]


def test_kinds_over_all_plans():
    pairs = [pair for name in NAMES for pair in reading(name)[2]]
    right = sum(ours["kind"] == theirs["kind"] for ours, theirs in pairs)
    assert right >= 0.9 * len(pairs)


@pytest.mark.parametrize("name", NAMES)
def test_offsets_mark_the_words(name):
    held, _measures = gold(name)
    text = document(blocks(held["blocks"]), "txt")
    plan = read_plan(text)
    for one in plan.measures:
        marked = text.text[one.start : one.end]
        assert scoring.overlap(scoring._bigrams(marked), scoring._bigrams(one.text)) > 0.95


def test_lost_titles_are_asked_for():
    found = reading("damaged")[3]
    assert [one["text"] for one in found if one["needs"]] == ["认真落实"]


def test_reading_twice_gives_the_same():
    held, _measures = gold("health")
    first, second = (read_plan(document(blocks(held["blocks"]), "txt")) for _ in range(2))
    assert first == second
