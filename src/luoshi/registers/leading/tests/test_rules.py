"""The rules with the vectors of their regulations."""

from datetime import date

import pytest

from luoshi.registers.leading.rules import appraisal, centre, committee, life, seats

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(("members", "most", "four"), [(9, 3, True), (12, 4, False), (20, 6, False), (2, 0, True)])
def test_at_most_one_third_is_excellent(members, most, four):
    assert appraisal.max_excellent(members=members) == most
    assert appraisal.over(members=members, excellent=4) is four


def appraised(**more):
    given = {"year": 2026, "held_on": date(2026, 11, 1), "members": 11, "took_part": 11, "tiers": (3, 8, 0, 0), "named": 3,
             "reason": "", "today": TODAY}
    return [code for _field, code in appraisal.problems(**{**given, **more})]


@pytest.mark.parametrize(("more", "codes"), [
    ({}, []),
    ({"tiers": (4, 7, 0, 0), "named": 4}, ["above_one_third"]),
    ({"tiers": (4, 7, 0, 0), "named": 4, "reason": "支部大会研究同意"}, []),
    ({"tiers": (3, 7, 0, 0)}, ["tiers_do_not_add_up"]),
    ({"took_part": 12}, ["more_than_members"]),
    ({"named": 2}, ["named_otherwise"]),
    ({"named": None}, []),
    ({"held_on": date(2026, 11, 24)}, ["later_than_today"]),
    ({"held_on": date(2024, 11, 1)}, ["appraised_in_another_year"]),
])
def test_an_appraisal_adds_up(more, codes):
    assert appraised(**more) == codes


@pytest.mark.parametrize(("expected", "present", "ok"), [(9, 6, True), (9, 5, False), (10, 7, True), (10, 6, False)])
def test_two_thirds_make_a_democratic_life_meeting_valid(expected, present, ok):
    assert life.valid(expected=expected, present=present) is ok


@pytest.mark.parametrize(("sessions", "year", "found"), [
    ([date(2026, 2, 10), date(2026, 5, 20), date(2026, 8, 30), date(2026, 12, 1)], 2026, [True] * 4),
    ([date(2026, 1, 5), date(2026, 1, 20), date(2026, 2, 10)], 2026, [True, False, False, False]),
    ([], 2026, [False] * 4),
    ([date(2025, 5, 1)], 2026, [False] * 4),
])
def test_quarters_with_a_session(sessions, year, found):
    assert list(centre.quarters(sessions=sessions, year=year).values()) == found


def test_attendance_of_a_member():
    assert centre.attendance(expected=4, attended=3).percent_text() == "75.0%"
    assert centre.attendance(expected=0, attended=0).ratio is None


@pytest.mark.parametrize(("topic", "secretary", "listed", "counts"), [
    ("专题", True, True, True), (" ", True, True, False), ("专题", False, True, False), ("专题", True, False, False)])
def test_a_session_counts_with_topic_secretary_and_list(topic, secretary, listed, counts):
    assert centre.counts(topic=topic, secretary=secretary, listed=listed) is counts


@pytest.mark.parametrize(("given", "codes"), [
    ({"attended": True, "reason": "", "made_up_on": None}, []),
    ({"attended": False, "reason": "leave", "made_up_on": date(2026, 3, 5)}, []),
    ({"attended": False, "reason": "", "made_up_on": None}, ["absent_without_reason"]),
    ({"attended": True, "reason": "leave", "made_up_on": None}, ["reason_though_present"]),
    ({"attended": True, "reason": "", "made_up_on": date(2026, 3, 5)}, ["made_up_though_present"]),
    ({"attended": False, "reason": "leave", "made_up_on": date(2026, 2, 5)}, ["made_up_before"]),
    ({"attended": False, "reason": "leave", "made_up_on": date(2026, 12, 5)}, ["later_than_today"]),
])
def test_who_is_away_gives_a_reason_and_makes_up_later(given, codes):
    found = centre.attendance_problems(held_on=date(2026, 3, 1), today=TODAY, **given)
    assert [code for _field, code in found] == codes


@pytest.mark.parametrize(("kind", "expected", "present", "enough", "needed"), [
    ("standing", 9, 5, True, 5), ("standing", 9, 4, False, 5), ("organ", 8, 4, True, 4), ("plenary", 30, 20, True, 20),
    ("plenary", 30, 19, False, 20), ("plenary", 31, 21, True, 21), ("discipline", 7, 3, False, 4)])
def test_quorum_by_kind(kind, expected, present, enough, needed):
    assert committee.quorate(kind=kind, expected=expected, present=present) is enough
    assert committee.needed(kind=kind, expected=expected) == needed


@pytest.mark.parametrize(("present", "yes", "carried"), [(5, 5, True), (9, 4, False), (7, 4, False), (4, 4, False), (8, 5, True)])
def test_a_decision_needs_more_than_half_of_all(present, yes, carried):
    assert committee.carried(kind="standing", expected=9, present=present, yes=yes) is carried


def test_votes_are_given_whole_and_not_without_a_quorum():
    assert committee.vote_problem(present=5, yes=None, no=None, abstain=None) == ""
    assert committee.vote_problem(present=5, yes=None, no=1, abstain=None) == "votes_without_yes"
    assert committee.vote_problem(present=5, yes=4, no=1, abstain=1) == "more_votes_than_present"
    found = committee.meeting_problems(kind="plenary", held_on=TODAY, expected=30, present=19, voted=True, today=TODAY)
    assert list(found) == [("present", "no_quorum")]


def days(**more):
    return {stage: more.get(stage) for stage in life.STAGES}


def before(day=date(2026, 10, 20)):
    return dict.fromkeys(life.BEFORE, day)


def test_stages_follow_each_other():
    assert life.next_stage(days=days()) == "reported_on"
    assert life.next_stage(days=days(**before())) == "held_on"
    assert life.due(stage="held_on", days=days(), year=2026) == date(2026, 12, 31)
    assert life.due(stage="filed_on", days=days(held_on=date(2026, 11, 1)), year=2026) == date(2026, 11, 16)
    assert life.due(stage="filed_on", days=days(), year=2026) is None


@pytest.mark.parametrize(("more", "expected", "present", "found"), [
    ({**before(), "held_on": date(2026, 11, 1)}, 9, 6, []),
    ({**before(), "held_on": date(2026, 11, 1)}, 9, 5, [("present", "fewer_than_two_thirds")]),
    ({**before(), "held_on": date(2026, 11, 1)}, None, None, [("expected", "attendance_missing")]),
    ({**before(), "talked_on": None, "held_on": date(2026, 11, 1)}, 9, 9, [("talked_on", "stage_left_out")]),
    ({**before(), "talked_on": date(2026, 11, 2), "held_on": date(2026, 11, 1)}, 9, 9, [("talked_on", "after_the_meeting")]),
    ({"filed_on": date(2026, 11, 1)}, None, None, [("filed_on", "meeting_not_held")]),
    ({"reported_on": date(2026, 9, 1)}, None, None, [("reported_on", "before_opening")]),
    ({"reported_on": date(2026, 11, 24)}, None, None, [("reported_on", "later_than_today")]),
])
def test_what_is_wrong_with_a_pack(more, expected, present, found):
    assert list(life.problems(days=days(**more), opened_on=date(2026, 10, 1), expected=expected, present=present, today=TODAY)) == found


@pytest.mark.parametrize(("total", "weights", "found"), [
    (10, {1: 50, 2: 30, 3: 20}, {1: 5, 2: 3, 3: 2}),
    (10, {1: 1, 2: 1, 3: 1}, {1: 1, 2: 1, 3: 1}),
    (7, {1: 10, 2: 10, 3: 10}, {1: 3, 2: 2, 3: 2}),
    (5, {1: 0, 2: 0}, {1: 0, 2: 0}),
    (0, {1: 3}, {1: 0}),
])
def test_seats_are_shared_by_members(total, weights, found):
    assert seats.distribute(seats=total, weights=weights) == found


def test_no_seat_is_lost_or_invented():
    weights = {n: n * 7 % 23 for n in range(1, 40)}
    for total in range(0, sum(weights.values()) + 1, 13):
        found = seats.distribute(seats=total, weights=weights)
        assert sum(found.values()) == total
        assert all(found[n] <= weights[n] for n in weights)
    with pytest.raises(ValueError):
        seats.distribute(seats=-1, weights={1: 2})
