"""When something to be carried out may be kept, and how it stands."""

from datetime import date, timedelta

import pytest

from luoshi.kernel import follow_up

TODAY = date(2026, 11, 23)
SET = date(2026, 11, 1)


@pytest.mark.parametrize(("due", "closed", "state"), [
    (date(2026, 11, 22), None, "late"), (TODAY, None, "soon"), (date(2026, 12, 3), None, "soon"),
    (date(2026, 12, 4), None, "none"), (SET, date(2026, 11, 5), "ok"), (None, None, "none")])
def test_its_lamp(due, closed, state):
    assert follow_up.state(due_on=due, closed_on=closed, today=TODAY) == state


@pytest.mark.parametrize(("more", "found"), [
    ({}, []),
    ({"due_on": SET - timedelta(days=1)}, [("due_on", "due_before_start")]),
    ({"closed_on": SET, "result": "已报送"}, []),
    ({"closed_on": SET}, [("result", "closed_without_result")]),
    ({"closed_on": SET, "result": "  "}, [("result", "closed_without_result")]),
    ({"closed_on": SET - timedelta(days=1), "result": "已报送"}, [("closed_on", "closed_before_start")]),
    ({"closed_on": TODAY + timedelta(days=1), "result": "已报送"}, [("closed_on", "later_than_today")]),
])
def test_what_is_refused(more, found):
    values = {"since": SET, "due_on": TODAY, "closed_on": None, "result": "", "today": TODAY, **more}
    assert list(follow_up.problems(**values)) == found
