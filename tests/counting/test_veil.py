"""Small numbers of a sensitive register are told only to those who may open its rows."""

from datetime import date

import pytest

from luoshi.engine.indicators import indicators
from luoshi.engine.pages.indicators import figure, line, veiled
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.kernel import periods
from luoshi.kernel.shares import Share

YEAR = periods.year(date(2026, 11, 23))


@pytest.fixture
def count(monkeypatch, db):
    one = indicators()["organization.visits"]
    monkeypatch.setattr(type(one.source), "sensitive", True)
    return one


@pytest.mark.parametrize(("top", "told"), [(0, "0"), (1, "<5"), (4, "<5"), (5, "5"), (1234, "1,234")])
def test_small_counts_are_not_told(count, top, told):
    row = line(count, Share(top, None), "0", YEAR, veil=True)
    assert row["cells"][0][0] == told
    assert bool(row["cells"][0][1]) == (top >= 5)
    assert line(count, Share(top, None), "0", YEAR)["cells"][0][0] == f"{top:,}"


def test_what_would_tell_a_small_count_is_not_told_either(count):
    row = line(indicators()["organization.visited"], Share(3, 40), "0", YEAR, veil=True)
    assert ([value for value, _url in row["cells"]], row["percent"]) == (["<5", "—", "—"], "")
    row = line(indicators()["organization.visited"], Share(38, 40), "0", YEAR, veil=True)
    assert [value for value, _url in row["cells"]] == ["—", "—", "<5"]


def test_who_may_open_every_row_reads_every_number(count, house, actor):
    reader = actor(house.below, Verb.SEE, "guidance")
    assert not veiled(count, reader, house.below.place)
    above = actor(house.here, Verb.SEE, "guidance")
    assert veiled(count, above, house.here.place)
    assert not veiled(count, above, house.here.place, own=True)
    assert not veiled(indicators()["organization.elections"], above, house.here.place)


def test_the_first_page_tells_neither_a_small_number_nor_its_change(count):
    assert figure(count, Share(3, None), Share(9, None))[0] == "<5"
    assert figure(count, Share(9, None), Share(7, None))[0] == "9"
    assert figure(count, Share(9, None), Share(3, None))[2] == ""


def test_other_registers_tell_all():
    assert not register("meeting").sensitive
