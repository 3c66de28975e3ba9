"""The clocks of posts abroad beside Beijing's."""

from datetime import UTC, date, datetime

import pytest

from luoshi.kernel import zones


@pytest.mark.parametrize(("zone", "local"), [
    ("Asia/Tokyo", "12-01 00:59"), ("America/Lima", "11-30 10:59"), ("Asia/Kathmandu", "11-30 21:44"),
    ("Pacific/Auckland", "12-01 04:59"), ("", "11-30 23:59"), ("no/where", "11-30 23:59")])
def test_a_due_day_ends_in_beijing(zone, local):
    beijing, there = zones.due(date(2026, 11, 30), zone)
    assert zones.shown(beijing) == "11-30 23:59"
    assert zones.shown(there) == local
    assert beijing == there


def test_summer_time_changes_the_distance():
    winter, summer = datetime(2026, 1, 10, tzinfo=UTC), datetime(2026, 7, 10, tzinfo=UTC)
    assert zones.apart("Europe/London", winter).total_seconds() == -8 * 3600
    assert zones.apart("Europe/London", summer).total_seconds() == -7 * 3600
    assert not zones.apart("", winter)


def test_only_names_of_zones_are_known():
    assert zones.known("Asia/Tokyo") and zones.known("")
    assert not zones.known("Asia/Nowhere") and not zones.known("../etc/passwd")


@pytest.mark.parametrize(("zone", "hour", "day"), [
    ("Asia/Tokyo", 14, 23), ("Asia/Tokyo", 15, 24), ("Asia/Tokyo", 16, 23), ("America/Lima", 2, 23), ("", 15, 23)])
def test_where_midnight_has_passed_it_is_tomorrow(zone, hour, day):
    assert zones.latest_day(date(2026, 11, 23), zone, datetime(2026, 11, 23, hour, tzinfo=UTC)) == date(2026, 11, day)
