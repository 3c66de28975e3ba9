"""What a notice and a receipt may say, and the lamp of a receipt."""

from datetime import date, timedelta

import pytest

from luoshi.registers.notices import rules

TODAY = date(2026, 11, 23)


def ago(days):
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(("sent", "reply_by", "expected"), [
    (TODAY, None, []), (TODAY, TODAY, []), (ago(-1), None, ["later_than_today"]), (TODAY, ago(1), ["before_sending"]),
])
def test_a_notice(sent, reply_by, expected):
    assert [code for _f, code in rules.notice_problems(sent=sent, reply_by=reply_by, today=TODAY)] == expected


@pytest.mark.parametrize(("given", "expected"), [
    ({}, []), ({"confirmed": TODAY}, []), ({"confirmed": ago(-1)}, ["later_than_today"]),
    ({"confirmed": ago(9)}, ["before_notice"]), ({"replied": TODAY, "reply": "已办"}, ["not_confirmed"]),
    ({"confirmed": TODAY, "replied": TODAY, "reply": " "}, ["no_reply"]),
])
def test_a_receipt(given, expected):
    whole = {"sent": ago(5), "confirmed": None, "replied": None, "reply": "", "today": TODAY, **given}
    assert [code for _f, code in rules.receipt_problems(**whole)] == expected


@pytest.mark.parametrize(("sent", "confirmed", "replied", "reply_by", "expected"), [
    (0, None, None, None, "soon"), (3, None, None, None, "soon"), (4, None, None, None, "late"), (4, 0, None, None, "ok"),
    (9, 8, None, -1, "soon"), (9, 8, None, -4, "none"), (9, 8, None, 1, "late"), (9, 8, 0, 1, "ok"), (9, None, None, -8, "soon"),
])
def test_lamps(sent, confirmed, replied, reply_by, expected):
    days = {"sent": ago(sent)} | {name: None if n is None else ago(n)
                                  for name, n in (("confirmed", confirmed), ("replied", replied), ("reply_by", reply_by))}
    assert rules.lamp(**days, today=TODAY) == expected
