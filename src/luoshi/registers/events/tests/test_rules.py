"""When an activity may be kept, when a place may be taken, and where in a campaign a day lies."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.registers.events import rules

DAY = date(2026, 11, 23)
EVENT = {"starts_on": DAY, "ends_on": None, "state": "filed", "head_count": None, "cost": None, "today": DAY}


@pytest.mark.parametrize(("more", "found"), [
    ({}, []),
    ({"ends_on": DAY - timedelta(days=1)}, ["ends_before_start"]),
    ({"starts_on": DAY + timedelta(days=1)}, []),
    ({"starts_on": DAY + timedelta(days=1), "state": "held"}, ["held_later_than_today"]),
    ({"state": "cancelled", "head_count": 3}, ["cancelled_with_people"]),
    ({"state": "cancelled", "head_count": 0}, []),
    ({"cost": -1}, ["negative_amount"]),
])
def test_why_an_activity_cannot_be_kept(more, found):
    assert [code for _field, code in rules.event_problems(**{**EVENT, **more})] == found


PLACE = {"state": "open", "outcome": "signed", "capacity": 2, "taken": 0, "per_unit": 1, "taken_by_unit": 0}


@pytest.mark.parametrize(("more", "found"), [
    ({}, []),
    ({"taken": 2}, ["full"]),
    ({"taken_by_unit": 1}, ["unit_full"]),
    ({"capacity": None, "per_unit": None, "taken": 900, "taken_by_unit": 900}, []),
    ({"state": "filed"}, ["not_open"]),
    ({"state": "cancelled"}, ["event_cancelled"]),
    ({"state": "held"}, ["already_held"]),
    ({"state": "held", "outcome": "came", "taken": 5}, []),
    ({"outcome": "came"}, ["not_yet_held"]),
])
def test_why_a_place_cannot_be_taken(more, found):
    assert [code for _field, code in rules.signup_problems(**{**PLACE, **more})] == found


@given(capacity=st.integers(1, 40), wanting=st.integers(0, 80))
def test_never_more_places_are_taken_than_there_are(capacity, wanting):
    taken = 0
    for _one in range(wanting):
        asked = {**PLACE, "capacity": capacity, "per_unit": None, "taken": taken}
        taken += not list(rules.signup_problems(**asked))
    assert taken == min(capacity, wanting)


STAGES = [("准备", date(2026, 3, 1), date(2026, 3, 31)), ("实施", date(2026, 4, 2), date(2026, 9, 30))]


@pytest.mark.parametrize(("day", "stage"), [
    (date(2026, 3, 1), "准备"), (date(2026, 3, 31), "准备"), (date(2026, 4, 1), ""), (date(2026, 9, 30), "实施"),
    (date(2026, 10, 1), ""),
])
def test_an_activity_belongs_to_the_stage_of_its_day(day, stage):
    assert rules.stage_of(day=day, stages=STAGES) == stage


@pytest.mark.parametrize(("stages", "found"), [
    ([(date(2026, 3, 1), date(2026, 3, 31)), (date(2026, 4, 1), date(2026, 9, 30))], []),
    ([(date(2026, 3, 1), date(2026, 3, 31)), (date(2026, 3, 31), date(2026, 9, 30))], ["stages_overlap"]),
    ([(date(2026, 2, 1), date(2026, 3, 31))], ["stage_outside"]),
    ([(date(2026, 3, 9), date(2026, 3, 1))], ["stage_ends_before_start"]),
])
def test_stages_lie_inside_a_campaign_and_apart(stages, found):
    said = rules.campaign_problems(starts_on=date(2026, 3, 1), ends_on=date(2026, 12, 31), closed_on=None,
                                   stages=stages)
    assert [code for _field, code in said] == found


@pytest.mark.parametrize(("today", "held", "waiting", "state"), [
    (date(2026, 2, 28), 0, 0, "none"),
    (date(2026, 3, 5), 0, 1, "soon"),
    (date(2026, 3, 5), 1, 0, "ok"),
    (date(2026, 4, 1), 0, 0, "late"),
    (date(2026, 4, 1), 2, 1, "late"),
    (date(2026, 4, 1), 2, 0, "ok"),
])
def test_how_a_stage_stands(today, held, waiting, state):
    _name, first, last = STAGES[0]
    assert rules.stage_state(first=first, last=last, held=held, open_events=waiting, today=today) == state
