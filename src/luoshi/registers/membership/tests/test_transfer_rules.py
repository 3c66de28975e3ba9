"""Leaves, letters, receipts, lost contact: the regulations' worked examples as they stand, and what must hold for all days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.kernel.periods import add_months
from luoshi.registers.membership.models.transfer import MOVES
from luoshi.registers.membership.rules import away, transfer

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(("months", "fixed", "action"), [
    (2, True, "none"), (4, True, "certificate"), (6, True, "transfer"), (8, False, "floating")])
def test_what_a_leave_calls_for(months, fixed, action):
    """DEV-15."""
    assert transfer.transfer_action(months=months, fixed=fixed) == action
    since = date(2026, 1, 31)
    assert transfer.leave_action(since=since, until=add_months(since, months), fixed=fixed) == action


@pytest.mark.parametrize(("until", "action"), [
    ("2026-04-09", "none"), ("2026-04-10", "certificate"), ("2026-07-09", "certificate"), ("2026-07-10", "transfer"),
    (None, "transfer")])
def test_a_leave_is_counted_by_whole_months(until, action):
    last = date.fromisoformat(until) if until else None
    assert transfer.leave_action(since=date(2026, 1, 10), until=last, fixed=True) == action


@pytest.mark.parametrize(("on", "valid"), [("2026-05-01", True), ("2026-05-02", False), ("2026-03-31", False)])
def test_how_long_a_letter_is_valid(on, valid):
    """DEV-15b."""
    assert transfer.letter_valid(issued=date(2026, 4, 1), days=30, on=date.fromisoformat(on)) is valid


def test_a_letter_for_more_than_ninety_days_is_not_issued():
    """DEV-15b."""
    with pytest.raises(ValueError, match="days_over"):
        transfer.letter_valid(issued=date(2026, 4, 1), days=120, on=date(2026, 4, 2))
    assert transfer.days_problem(days=90) == ""
    assert transfer.days_problem(days=91) == "days_over"
    assert transfer.days_problem(days=0) == "days_under"


@given(DAYS, st.integers(1, 90), st.integers(-10, 120))
def test_a_letter_is_valid_on_just_so_many_days_after_its_own(issued, days, later):
    assert transfer.letter_valid(issued=issued, days=days, on=issued + timedelta(days=later)) is (0 <= later <= days)


@pytest.mark.parametrize(("last", "suspended", "on", "status"), [
    ("2026-01-10", None, "2026-07-09", "search"), ("2026-01-10", None, "2026-07-10", "propose_suspension"),
    ("2024-01-10", "2024-07-10", "2026-07-10", "propose_strike_off"), ("2024-01-10", "2024-07-10", "2026-07-09", "suspended"),
    ("2026-01-10", None, "2026-04-09", "normal"), ("2026-01-10", None, "2026-04-10", "search")])
def test_contact(last, suspended, on, status):
    """DEV-16, and from when on the product reminds to search."""
    found = away.contact_status(last=date.fromisoformat(last), on=date.fromisoformat(on),
                                suspended=date.fromisoformat(suspended) if suspended else None)
    assert found == status


@pytest.mark.parametrize(("where", "settled", "on", "reason"), [
    ("study", None, "2026-01-10", ""), ("study", None, "2026-01-11", "studied"), ("private", None, "2036-01-11", ""),
    ("private", "2025-03-01", "2025-03-01", "settled"), ("fixed", None, "2036-01-11", "")])
def test_abroad(where, settled, on, reason):
    """DEV-16: studying abroad for more than five years, or settled there."""
    assert away.abroad_reason(where=where, since=date(2021, 1, 10), on=date.fromisoformat(on),
                              settled=date.fromisoformat(settled) if settled else None) == reason


@given(DAYS, DAYS)
def test_time_alone_never_improves_contact(last, on):
    order = ("normal", "search", "propose_suspension")
    first, later = (order.index(away.contact_status(last=last, on=day)) for day in (on, on + timedelta(days=1)))
    assert first <= later


def test_only_who_was_out_of_contact_is_proposed_for_strike_off():
    words = {"where": "study", "since": date(2015, 1, 1), "last": date(2024, 7, 1), "suspended": date(2024, 7, 10)}
    assert away.status(**words, on=date(2026, 8, 1), lost=True) == "propose_strike_off"
    assert away.status(**words, on=date(2026, 8, 1), lost=False) == "suspended"


@pytest.mark.parametrize(("decision", "decided", "suspended", "code"), [
    ("suspend", "2026-07-09", None, "no_ground"), ("suspend", "2026-07-10", None, ""),
    ("suspend", "2026-07-11", "2026-07-10", "already_suspended"), ("strike_off", "2026-07-10", None, "not_suspended"),
    ("strike_off", "2026-07-09", "2024-07-10", "strike_too_early"), ("strike_off", "2026-07-10", "2024-07-10", ""),
    ("restore", "2026-01-11", "2026-01-12", "before_suspension"), ("restore", "2026-01-12", "2026-01-12", "")])
def test_which_decisions_can_be_recorded(decision, decided, suspended, code):
    found = [c for _f, c in away.decision_problems(
        decision=decision, decided=date.fromisoformat(decided), paper="甲党〔2026〕1号", today=date(2026, 12, 1),
        where="fixed", since=date(2023, 1, 1), last=date(2026, 1, 10) if not suspended else date(2024, 1, 10), settled=None,
        suspended=date.fromisoformat(suspended) if suspended else None, lost=True, struck=None)]
    assert found == ([code] if code else [])


def test_states_follow_from_dates_and_every_step_is_a_move():
    day = date(2026, 1, 1)
    assert transfer.state_of(issued=None, accepted=None, receipt=None, refused=None) == "drafted"
    assert transfer.state_of(issued=day, accepted=None, receipt=None, refused=day) == "refused"
    assert transfer.state_of(issued=day, accepted=day, receipt=None, refused=None) == "accepted"
    assert transfer.state_of(issued=day, accepted=day, receipt=day, refused=None) == "done"
    assert MOVES.targets("done") == ()
    assert not transfer.step_allowed(kind="out", before="issued", after="accepted")
    assert not transfer.step_allowed(kind="within", before="issued", after="done")


def test_a_receipt_is_due_after_acceptance_or_after_the_letter_has_run_out():
    day = date(2026, 4, 1)
    assert transfer.receipt_due(kind="within", issued=day, days=30, accepted=None) is None
    assert transfer.receipt_due(kind="within", issued=day, days=30, accepted=date(2026, 4, 10)) == date(2026, 4, 25)
    assert transfer.receipt_due(kind="out", issued=day, days=30, accepted=None) == date(2026, 5, 16)
