"""The lamp, the split, the numbering and the comparison of editions, as pure functions."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.plan import rules

YEAR = {"since": date(2026, 1, 1), "due": date(2026, 12, 31)}


@pytest.mark.parametrize(("top", "needed", "today", "state", "why"), [
    (0, 4, date(2026, 2, 1), "none", "not_begun"),
    (1, 4, date(2026, 2, 1), "ok", "under_way"),
    (2, 4, date(2026, 8, 1), "ok", "under_way"),
    (1, 4, date(2026, 8, 1), "soon", "behind"),
    (3, 4, date(2026, 11, 30), "ok", "under_way"),
    (3, 4, date(2026, 12, 1), "soon", "near"),
    (3, 4, date(2026, 12, 31), "soon", "near"),
    (3, 4, date(2027, 1, 1), "late", "overdue"),
    (4, 4, date(2027, 1, 1), "done", "done"),
    (9, 4, date(2026, 1, 2), "done", "done"),
    (0, None, date(2026, 6, 1), "none", "nothing_owed"),
    (0, 4, date(2025, 12, 31), "none", "before"),
])
def test_lamp_of_a_count(top, needed, today, state, why):
    assert rules.lamp(method="C", top=top, needed=needed, today=today, **YEAR) == rules.Lamp(state, why)


def test_what_must_hold_is_done_only_when_its_day_is_over():
    full = {"top": 9, "needed": 9, **YEAR}
    assert rules.lamp(method="T", today=date(2026, 6, 1), **full) == rules.Lamp("ok", "holds")
    assert rules.lamp(method="S", today=date(2026, 12, 31), **full).state == "done"
    assert rules.lamp(method="V", today=date(2026, 6, 1), **full).state == "done"


def test_a_missed_due_period_is_a_risk_at_once():
    assert rules.lamp(method="T", top=8, needed=9, today=date(2026, 2, 1), **YEAR) == rules.Lamp("soon", "missed")


@given(st.integers(0, 500), st.integers(1, 500), st.integers(0, 800))
def test_a_finished_count_is_never_late_and_an_unfinished_one_always_is_afterwards(top, needed, days):
    today = date(2026, 1, 1) + timedelta(days=days)
    found = rules.lamp(method="C", top=top, needed=needed, today=today, **YEAR)
    assert (found.state == "done") == (top >= needed)
    assert (found.state == "late") == (top < needed and today > date(2026, 12, 31))


@pytest.mark.parametrize(("method", "bottom", "target", "tenths", "needed"), [
    ("C", None, 4, 10, 4), ("V", 300, None, 10, 300), ("V", 11, None, 9, 10), ("V", 10, None, 9, 9),
    ("V", 0, None, 10, None), ("M", 3, None, 10, 3), ("S", None, 5, 10, 5), ("A", None, 1000, 10, 1000),
])
def test_needed(method, bottom, target, tenths, needed):
    assert rules.needed(method=method, bottom=bottom, target=target, tenths=tenths) == needed


def test_a_missed_milestone_is_a_risk_until_it_is_reached():
    asked = {"method": "M", "needed": 3, "today": date(2026, 2, 1), "missed": True, **YEAR}
    assert rules.lamp(top=1, **asked) == rules.Lamp("soon", "missed")
    assert rules.lamp(top=3, **asked).state == "done"


def test_worst_of_two_rules():
    done, late, none = rules.Lamp("done", "done"), rules.Lamp("late", "overdue"), rules.Lamp("none", "not_begun")
    assert rules.worst([done, late]) == late
    assert rules.worst([done, done]) == done
    assert rules.worst([done, none]).state == "ok"
    assert rules.worst([]) == rules.Lamp("none", "no_rule")


def test_a_milestone_without_proof_is_not_reached():
    assert not rules.reached(reached_on=date(2026, 3, 1), proof=False)
    assert rules.reached(reached_on=date(2026, 3, 1), proof=True)


@pytest.mark.parametrize(("text", "at", "halves"), [
    ("讲党性.重品行", None, ("讲党性", "重品行")),
    ("讲党性／重品行", None, ("讲党性", "重品行")),
    ("举办讲座组织参观", 4, ("举办讲座", "组织参观")),
    ("甲乙丙.丁.戊", None, ("甲乙丙", "丁.戊")),
    ("没有可拆之处", None, None),
    ("讲党性。", None, None),
    ("讲党性", 0, None),
])
def test_cut(text, at, halves):
    assert rules.cut(text=text, at=at) == halves


def test_the_second_half_is_found_in_the_source_though_marks_were_restored():
    source = "前文.讲党性.重品行.作表率.后文"
    start, end = source.index("讲"), source.index(".后")
    at = rules.cut_span(source=source, start=start, end=end, first="讲党性、重品行")
    assert source[at:end] == "作表率"


@given(st.text("甲乙丙.。", max_size=40), st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45))))
def test_pieces_give_the_source_back(source, spans):
    found = rules.pieces(source=source, spans=[(a, b, i) for i, (a, b) in enumerate(spans)])
    assert "".join(text for text, _mark in found) == source


def test_numbers_restart_in_each_section():
    assert rules.numbered(sections=["1.1", "1.1", "1.2", "1.1", ""]) == ["1.1.1", "1.1.2", "1.2.1", "1.1.3", "1"]


def test_changes_between_editions():
    def one(pk, **more):
        return {"id": pk, "number": str(pk), "text": "甲", "kind": "", "owner": "一处", "helpers": [], "since": "",
                "due": "", "rules": [], "supplied": "", "state": "accepted", **more}

    old, new = [one(1), one(2), one(3)], [one(1, owner="二处"), one(2, state="cancelled"), one(4)]
    found = {c.measure: (c.what, dict(c.fields)) for c in rules.changes(old=old, new=new)}
    assert found[1] == ("changed", {"owner": ("一处", "二处")})
    assert found[2][0] == "dropped"
    assert found[3] == ("dropped", {})
    assert found[4] == ("added", {})


def test_what_is_missing():
    assert rules.missing(state="proposed", owner=False, due=False, rules=0, needs="x", supplied="") == (
        "unread", "owner", "needs", "due", "rule")
    assert rules.missing(state="accepted", owner=True, due=True, rules=1, needs="x", supplied="文件") == ()


@pytest.mark.parametrize(("given", "codes"), [
    ({"method": "C", "indicator": "a.b", "target": None}, [("target", "missing")]),
    ({"method": "C", "indicator": "a.b", "target": 4}, []),
    ({"method": "V", "indicator": "", "target": None}, [("indicator", "missing")]),
    ({"method": "V", "indicator": "a.b", "target": None, "tenths": 11}, [("tenths", "range")]),
    ({"method": "M", "indicator": "", "target": None}, []),
    ({"method": "M", "indicator": "a.b", "target": None}, [("indicator", "milestones")]),
])
def test_problems_of_a_counting_rule(given, codes):
    assert list(rules.rule_problems(**{"tenths": 10, **given})) == codes


def test_problems_of_a_measure():
    base = {"state": "accepted", "text": "甲", "since": date(2026, 3, 1), "due": date(2026, 2, 1), "year": 2026,
            "start": 5, "end": 3}
    assert list(rules.problems(**base)) == [("due", "before"), ("end", "span")]
    assert list(rules.problems(**{**base, "text": " ", "since": None, "due": date(2062, 1, 1), "end": 9})) == [
        ("text", "empty"), ("due", "far")]


@pytest.mark.parametrize(("normalized", "since", "due"), [
    ("2026-04-30", None, date(2026, 4, 30)),
    ("2026-03-01/2026-08-31", date(2026, 3, 1), date(2026, 8, 31)),
    (["2026-01-01", "2026-02-17"], None, date(2026, 2, 17)),
    ("R/P3M", date(2026, 1, 1), date(2026, 12, 31)),
    (None, None, None), ("", None, None), ("2026-13-45", None, None), ("2026-08-31/2026-03-01", None, date(2026, 3, 1)),
])
def test_window(normalized, since, due):
    assert rules.window(normalized=normalized, year=2026) == (since, due)


@pytest.mark.parametrize(("text", "normalized", "target"), [
    ("举办讲座四次", None, 4), ("编发不少于6期", None, 6), ("每季度组织一次专题学习", "R/P3M", 4),
    ("每月编发2期", "R/P1M", 24), ("制定一个办法", None, 1), ("三个支部开展", None, 1),
    ("学习", ["2026-01-01", "2026-02-17"], 2),
    ("用3个月完成", None, 1), ("零次", None, 1),
])
def test_target(text, normalized, target):
    assert rules.target(text=text, normalized=normalized) == target
