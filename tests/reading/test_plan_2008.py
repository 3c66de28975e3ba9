"""The plan of 2008, whose punctuation is lost: chapters, goals and promises come back, lost titles are asked for.

The text itself is not kept here. Where it lies beside the repository the reading is held to annotated offsets.
"""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from luoshi.plan.reading.files import read_file
from luoshi.plan.reading.tree import read_plan

from .scoring import _mean, _share

ROOT = Path(__file__).resolve().parents[2]
PLANS = [path for path in [ROOT.parent / "shared" / "plan" / "plan-2008.txt"] if path.exists()]
GOLD = json.loads((Path(__file__).parent / "gold_core" / "plan2008.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=PLANS, ids=lambda path: path.stem)
def plan(request):
    document = read_file(request.param)
    assert len(document.text) == GOLD["characters"]
    return read_plan(document)


def alike(a, b):
    """Twice the shared stretch over both stretches."""
    return 2 * max(0, min(a[1], b[1]) - max(a[0], b[0])) / (a[1] - a[0] + b[1] - b[0])


def pairs(measures, spans):
    ranked = sorted(
        ((alike((m.start, m.end), span), -i, -j) for i, m in enumerate(measures) for j, span in enumerate(spans)), reverse=True
    )
    left, right, out = set(), set(), []
    for share, i, j in ranked:
        if share >= 0.6 and i not in left and j not in right:
            left.add(i)
            right.add(j)
            out.append((measures[-i], spans[-j]))
    return out


def test_the_annotation_is_in_order_and_apart():
    for spans in (GOLD["headings"], GOLD["measures"]):
        assert all(start < end for start, end, _what in spans)
        assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_chapters_and_goals(plan):
    assert [[s.start, s.end, s.level] for s in plan.sections] == GOLD["headings"]
    assert [sum(s.level == level for s in plan.sections) for level in (1, 2)] == [5, 14]
    assert all(plan.sections[s.parent].level == 1 for s in plan.sections if s.level == 2)


def test_promises(plan):
    found = pairs(plan.measures, GOLD["measures"])
    precision, recall = _share(len(found), len(plan.measures)), _share(len(found), len(GOLD["measures"]))
    assert _mean(precision, recall) >= 0.9


def test_kinds(plan):
    found = pairs(plan.measures, GOLD["measures"])
    assert sum(measure.kind == span[2] for measure, span in found) >= 0.8 * len(found)


def test_three_lost_titles_are_asked_for_and_not_guessed(plan):
    lost = [measure for measure in plan.measures if measure.needs]
    assert len(lost) == 3
    assert all(len(measure.needs) == 1 and "《" not in measure.text for measure in lost)


def test_lists_and_quoted_names_are_whole(plan):
    for measure in plan.measures:
        assert measure.text.count("'") % 2 == 0
        assert not any(measure.text.startswith(word) for word in ("教育能力", "特办", "直属单位", "民主生活会", "部际"))


def test_nothing_before_the_first_chapter_is_a_promise(plan):
    assert all(measure.start > plan.sections[0].start for measure in plan.measures)
    assert all(measure.section is not None for measure in plan.measures)
