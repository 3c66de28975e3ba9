"""Stages and hours, without a database."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.engine.reminders import timing

DUE = date(2026, 11, 30)
BEIJING = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(("day", "stage"), [
    ("2026-11-19", ""), ("2026-11-20", "ten"), ("2026-11-26", "ten"), ("2026-11-27", "three"), ("2026-11-29", "three"),
    ("2026-11-30", "day"), ("2026-12-01", "late"), ("2027-06-01", "late"),
])
def test_the_stage_of_a_day(day, stage):
    assert timing.stage(due=DUE, today=date.fromisoformat(day)) == stage


@pytest.mark.parametrize(("moment", "place", "expected"), [
    ("2026-11-23T10:30+08:00", "", "2026-11-23T10:30+08:00"),
    ("2026-11-23T08:00+08:00", "", "2026-11-23T08:00+08:00"),
    ("2026-11-23T07:59+08:00", "", "2026-11-23T08:00+08:00"),
    ("2026-11-23T20:59+08:00", "", "2026-11-23T20:59+08:00"),
    ("2026-11-23T21:00+08:00", "", "2026-11-24T08:00+08:00"),
    ("2026-11-27T21:00+08:00", "", "2026-11-30T08:00+08:00"),  # Friday evening: Monday
    ("2026-09-30T22:00+08:00", "", "2026-10-08T08:00+08:00"),  # the National Day holidays of 2026 end on 7 October
    ("2026-10-10T09:00+08:00", "", "2026-10-10T09:00+08:00"),  # a Saturday that is worked
    ("2026-11-23T10:00+08:00", "America/New_York", "2026-11-23T08:00-05:00"),  # there it is Sunday evening
])
def test_the_first_hour_that_a_message_may_go_out(moment, place, expected):
    assert timing.allowed(moment=datetime.fromisoformat(moment), place=place) == datetime.fromisoformat(expected)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 20)), st.sampled_from(["", "Europe/Paris", "Pacific/Auckland"]))
def test_it_is_never_earlier_and_always_in_the_open_hours(naive, place):
    moment = naive.replace(tzinfo=BEIJING)
    found = timing.allowed(moment=moment, place=place)
    assert moment <= found < moment + timedelta(days=13)
    assert timing.OPENS <= found.time() < timing.CLOSES
    assert timing.allowed(moment=found, place=place) == found


def test_waiting_doubles():
    assert [timing.again(tries=n).seconds // 60 for n in (1, 2, 3, 4)] == [5, 10, 20, 40]
