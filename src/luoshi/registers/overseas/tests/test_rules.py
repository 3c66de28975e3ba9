"""When a packet is accepted, a term may be recorded and a contact is due."""

from datetime import date

import pytest

from luoshi.registers.overseas import rules

SOUND = {"known": True, "intact": True, "revoked": False, "until": date(2026, 12, 1), "active": True, "genuine": True,
         "today": date(2026, 12, 1)}


def test_a_sound_packet_is_accepted_until_its_last_day():
    assert rules.refusal(**SOUND) == ""


@pytest.mark.parametrize(("change", "code"), [
    ({"known": False}, "unknown"), ({"intact": False}, "altered"), ({"revoked": True}, "revoked"),
    ({"today": date(2026, 12, 2)}, "expired"), ({"active": False}, "no_account"), ({"genuine": False}, "not_ours")])
def test_each_fault_has_its_reason(change, code):
    assert rules.refusal(**{**SOUND, **change}) == code


def test_an_altered_packet_is_called_altered_whatever_else_holds():
    assert rules.refusal(**{**SOUND, "intact": False, "revoked": True}) == "altered"


def test_a_packet_is_for_somebody_of_the_unit():
    month = date(2026, 11, 1)
    assert list(rules.packet_problems(month=month, until=month, home=True, account=True)) == []
    assert list(rules.packet_problems(month=month, until=month, home=False, account=True)) == [("person", "other_unit")]
    assert list(rules.packet_problems(month=month, until=month, home=False, account=False)) == [("person", "no_account")]
    assert list(rules.packet_problems(month=month, until=date(2026, 10, 31), home=True, account=True)) == [
        ("until", "ends_before_month")]


def test_a_term_abroad_ends_and_is_handed_over_after_it_begins():
    since = date(2026, 1, 1)
    assert list(rules.rotation_problems(since=since, until=since, handed=since, same=False)) == []
    assert [f for f, _c in rules.rotation_problems(since=since, until=date(2025, 12, 31), handed=date(2025, 1, 1), same=True)] == [
        "until", "handed_on", "successor"]


def test_the_lamp_of_a_contact():
    today = date(2026, 11, 23)

    def lamp(planned: date, done: date | None = None) -> str:
        return rules.contact_state(planned=planned, done=done, today=today)

    assert lamp(date(2026, 11, 22)) == "late"
    assert lamp(date(2026, 11, 23)) == lamp(date(2026, 11, 30)) == "soon"
    assert lamp(date(2026, 12, 1)) == "none"
    assert lamp(date(2026, 1, 1), done=today) == "ok"
