"""The reading holds its promised quality over the plans annotated by hand."""

import json
import re

import pytest

from . import build_gold, scoring

KINDS = {
    "study", "training", "activity", "meeting", "membership", "dues_funds", "publishing", "consultation", "selection",
    "care", "integrity", "organization", "groups", "facility", "regulation", "statistics", "guidance",
}


@pytest.fixture(scope="module")
def scores():
    return scoring.average(list(scoring.read_all(build_gold.names()).values()))


@pytest.mark.parametrize(("figure", "least"), [
    ("f1", 0.90), ("sections", 0.95), ("kind", 0.88), ("timing", 0.85), ("owner", 0.90),
])
def test_average_quality(scores, figure, least):
    assert scores[figure] >= least


EVERY = build_gold.names() + build_gold.names(held_out=True)


@pytest.mark.parametrize("name", EVERY)
def test_annotation_is_sound(name):
    gold = build_gold.gold(name)
    titles = {section["title"] for section in gold["sections"]}
    assert gold["measures"]
    for measure in gold["measures"]:
        assert measure["kind"] in KINDS
        assert measure["section"] in titles
        assert measure["timing"]["type"] in {"none", "fixed", "recurring", "window"}
        assert bool(measure["timing"]["text"]) == (measure["timing"]["type"] != "none")


@pytest.mark.parametrize("name", EVERY)
def test_annotated_measures_stand_in_the_file(name, tmp_path):
    from luoshi.plan.reading.files import read_file

    text = re.sub(r"[\W_]+", "", read_file(build_gold.build(name, tmp_path)).text)
    for measure in build_gold.gold(name)["measures"]:
        assert re.sub(r"[\W_]+", "", measure["text"]) in text


def test_a_perfect_reading_scores_one_and_an_empty_one_zero():
    gold = build_gold.gold("ministry")
    perfect = scoring.score(json.loads(json.dumps(gold)), gold)
    assert all(perfect[figure] == 1 for figure in scoring.FIGURES)
    nothing = scoring.score({"sections": [], "measures": []}, gold)
    assert all(nothing[figure] == 0 for figure in scoring.FIGURES)


def test_a_wrong_field_costs_only_its_own_figure():
    gold = build_gold.gold("union")
    got = json.loads(json.dumps(gold))
    got["measures"][0]["owner"] = "别的部门"
    found = scoring.score(got, gold)
    assert found["owner"] == pytest.approx(1 - 1 / len(gold["measures"]))
    assert found["f1"] == found["kind"] == found["timing"] == 1
