"""The plan of 2008, whose punctuation is lost: chapters and goals come back, promises are found, lost titles are asked for."""

import json
from pathlib import Path

from luoshi.plan.reading.files import read_file
from luoshi.plan.reading.tree import read_plan

from . import scoring

ROOT = Path(__file__).resolve().parents[2]
# The text itself is not kept here; where it lies beside the repository the reading is held to these offsets.
PLANS = [path for path in [ROOT.parent / "shared" / "plan" / "plan-2008.txt"] if path.exists()]
SPANS = json.loads((Path(__file__).parent / "gold_core" / "plan2008.json").read_text(encoding="utf-8"))["measures"]


def test_offsets_are_in_order_and_apart():
    assert all(start < end for start, end, *_kind in SPANS)
    assert len({start for start, *_rest in SPANS}) == len(SPANS)


def test_chapters_goals_and_lost_titles():
    for path in PLANS:
        plan = read_plan(read_file(path))
        assert [sum(s.level == level for s in plan.sections) for level in (1, 2)] == [5, 14]
        assert sum(bool(one.needs) for one in plan.measures) == 3
        assert plan.year == 2008


def test_promises_and_their_kinds():
    for path in PLANS:
        document = read_file(path)
        gold = [{"text": document.text[a:b], "kind": kind[0] if kind else None} for a, b, *kind in SPANS]
        found = read_plan(document).as_json()["measures"]
        pairs = [(found[a], gold[b]) for a, b in scoring.matched(found, gold)]
        recall, precision = len(pairs) / len(gold), len(pairs) / len(found)
        assert 2 * recall * precision / (recall + precision) >= 0.85
        known = [ours["kind"] == theirs["kind"] for ours, theirs in pairs if theirs["kind"]]
        assert sum(known) >= 0.85 * len(known)


def test_nothing_before_the_first_chapter_is_a_promise():
    for path in PLANS:
        plan = read_plan(read_file(path))
        assert min(one.start for one in plan.measures) > plan.sections[0].start
