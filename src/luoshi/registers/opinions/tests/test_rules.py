"""When a message is owed an answer."""

from datetime import date

import pytest

from luoshi.registers.opinions import rules


@pytest.mark.parametrize(("received", "due"), [
    (date(2026, 11, 2), date(2026, 11, 23)),  # fifteen working days of an ordinary month
    (date(2026, 9, 21), date(2026, 10, 19)),  # over the Mid-Autumn and National days, with their worked weekend days
])
def test_fifteen_working_days_after_receipt(received, due):
    assert rules.answer_due(received=received) == due


@pytest.mark.parametrize(("due", "answered", "today", "state"), [
    (date(2026, 11, 20), None, date(2026, 11, 21), "late"),
    (date(2026, 11, 20), None, date(2026, 11, 20), "soon"),
    (date(2026, 11, 20), None, date(2026, 11, 15), "soon"),
    (date(2026, 11, 20), None, date(2026, 11, 14), "none"),
    (date(2026, 11, 20), date(2026, 12, 1), date(2026, 12, 2), "ok"),
])
def test_lamp(due, answered, today, state):
    assert rules.lamp(due=due, answered=answered, today=today) == state


def test_an_answer_has_words_and_a_day():
    found = dict(rules.problems(text="打不开", received=date(2026, 11, 2), answered=None, answer=" ", state="answered"))
    assert found == {"answer": "no_answer", "answered_on": "no_day"}
    assert not list(rules.problems(text="打不开", received=date(2026, 11, 2), answered=date(2026, 11, 2), answer="已修复",
                                   state="answered"))
