"""Random sequences of transfers: on every day a member is in exactly one branch, or outside where that was the last word."""

from datetime import date, timedelta
from random import Random

import pytest
from django.core.exceptions import ValidationError

from luoshi.engine import samples, write
from luoshi.engine.register import register
from luoshi.foundation.people import MEMBER_POSTS, Person, Position, Post, held
from luoshi.registers.membership.models import Case, Transfer

from . import walking

pytestmark = pytest.mark.django_db
START = date(2020, 1, 1)
SEEDS = 40


def where(person, day):
    """The branches in which one is a member on a day."""
    found = Position.objects.filter(held(day), person=person, post__in=MEMBER_POSTS, unit__body="branch")
    return [one.unit_id for one in found]


def send(system, person, kind, source, target, day, n):
    row = Transfer(unit=source, kind=kind, person=person, drafted_on=day, cause="work", letter_no=f"组转〔2026〕{n}号",
                   issued_on=day, valid_days=30, outside="" if kind == "within" else "远海市某局党委",
                   receiver=target if kind == "within" else None)
    if kind == "out":
        row.receipt_on = day
    else:
        row.presented_on = row.accepted_on = day
    return row


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_member_is_in_exactly_one_branch_on_every_day(seed, house, system):
    roll, branches = Random(seed), [house.here, house.beside, house.far]  # noqa: S311
    person = samples.person(house.here)
    samples.saved(register("position"), house.here, system, person=person, post=Post.MEMBER, since=START)
    expected, done, day = {START: house.here.pk}, [], START
    for n in range(1, 12):
        day += timedelta(days=roll.choice((0, 1, 30)))
        now = expected[max(expected)]
        if done and roll.random() < 0.25:  # the last one is taken back
            row, before = done.pop()
            write.withdraw(system, register("transfer"), Transfer.objects.get(pk=row.pk), reason="误")
            expected = before
            day = max(expected)
            continue
        if now is None:
            target = roll.choice(branches)
            row, to = send(system, person, "in", target, None, day, n), target.pk
        elif roll.random() < 0.2:
            row, to = send(system, person, "out", next(b for b in branches if b.pk == now), None, day, n), None
        else:
            target = roll.choice([b for b in branches if b.pk != now])
            row, to = send(system, person, "within", next(b for b in branches if b.pk == now), target, day, n), target.pk
        if to and Position.objects.filter(person=person, unit=to, since=day, withdrawn=False).exists():
            with pytest.raises(ValidationError, match="同一天"):  # back on the very day: the first one is taken back instead
                write.save(system, register("transfer"), row)
            continue
        write.save(system, register("transfer"), row)
        done.append((row, expected))
        expected = {**expected, day: to}
        if to:
            assert Person.objects.get(pk=person.pk).unit_id == to
    marks = sorted(expected)
    for first, after in zip(marks, [*marks[1:], day + timedelta(days=40)], strict=True):
        wanted = [expected[first]] if expected[first] else []
        for one in {first, after - timedelta(days=1)}:
            assert where(person, one) == wanted, (seed, one)
    assert where(person, START - timedelta(days=1)) == []


def test_a_transfer_of_who_has_moved_on_is_refused(house, system):
    person = walking.full_member(house.here)
    write.save(system, register("transfer"), send(system, person, "within", house.here, house.far, date(2026, 3, 1), 1))
    with pytest.raises(ValidationError, match="不是本支部的党员"):
        write.save(system, register("transfer"), send(system, person, "within", house.here, house.beside, date(2026, 4, 1), 2))
    with pytest.raises(ValidationError, match="本部内转接"):
        write.save(system, register("transfer"), send(system, person, "in", house.beside, None, date(2026, 4, 1), 3))
    assert where(person, date(2026, 5, 1)) == [house.far.pk]


@pytest.fixture
def case(house, grant, client_of):
    from luoshi.foundation.grants import Verb

    people = {"contact": walking.full_member(house.here).pk, "second": walking.full_member(house.here).pk}
    branch, office = (client_of(grant(unit, verb)) for unit, verb in ((house.here, Verb.CHANGE), (house.root, Verb.MANAGE)))
    made = walking.begin(branch, house.here)
    return office, walking.walk(branch, office, made, people, until="oath"), people


def test_a_development_case_goes_with_a_member_on_probation_and_conversion_follows(case, house, system, grant, client_of):
    from luoshi.foundation.grants import Verb

    office, row, people = case
    sent = Transfer(unit=house.here, kind="within", person=row.person, receiver=house.far, drafted_on=date(2026, 3, 1),
                    letter_no="组转〔2026〕3号", issued_on=date(2026, 3, 1))
    write.save(system, register("transfer"), sent)
    far = client_of(grant(house.far, Verb.CHANGE))
    data = {"presented_on": "2026-03-05", "accepted_on": "2026-03-05", "version": sent.version}
    assert "发展党员记录" in far.get(f"/membership/transfers/{sent.pk}/").content.decode()
    refused = far.post(f"/membership/transfers/{sent.pk}/accept/", data)
    assert refused.status_code == 422
    assert "已收到发展党员材料" in refused.content.decode()
    assert far.post(f"/membership/transfers/{sent.pk}/accept/", data | {"case_taken": "on"}).status_code == 302
    row.refresh_from_db()
    assert row.unit_id == house.far.pk
    assert {review.unit_id for review in row.reviews.filter(withdrawn=False)} == {house.far.pk}
    for code in ("convert_apply", "convert_check", "convert", "convert_approve"):
        assert walking.send(office, row, code, people).status_code == 302, code
    found = sorted((p.unit_id, p.post, p.since.isoformat(), p.until and p.until.isoformat())
                   for p in Position.objects.filter(person=row.person, withdrawn=False))
    assert found == sorted([
        (house.here.pk, "probationary", "2025-09-10", "2026-03-05"), (house.far.pk, "probationary", "2026-03-05", "2026-09-11"),
        (house.far.pk, "member", "2026-09-11", None)])


def test_a_transfer_taken_back_brings_the_case_back(case, house, system):
    _office, row, _people = case
    write.save(system, register("transfer"), send(system, row.person, "within", house.here, house.far, date(2026, 3, 5), 4))
    assert Case.objects.get(pk=row.pk).unit_id == house.far.pk
    write.withdraw(system, register("transfer"), Transfer.objects.get(person=row.person), reason="误")
    assert Case.objects.get(pk=row.pk).unit_id == house.here.pk
    assert where(row.person, date(2026, 4, 1)) == [house.here.pk]


def test_a_conversion_dated_before_the_transfer_leaves_nobody_behind(case, house, system):
    office, row, people = case
    write.save(system, register("transfer"), send(system, row.person, "within", house.here, house.far, date(2026, 10, 1), 5))
    for code in ("convert_apply", "convert_check", "convert", "convert_approve"):
        assert walking.send(office, row, code, people).status_code == 302, code
    assert where(row.person, date(2026, 11, 1)) == [house.far.pk]
    assert Position.objects.filter(held(date(2026, 11, 1)), person=row.person, withdrawn=False).get().post == "member"


def converted(case):
    office, row, people = case
    for code in ("convert_apply", "convert_check", "convert", "convert_approve"):
        assert walking.send(office, row, code, people).status_code == 302, code
    return office, row, people


def test_correcting_the_case_of_one_who_has_moved_on_brings_nobody_back(case, house, system):
    office, row, people = converted(case)
    write.save(system, register("transfer"), send(system, row.person, "within", house.here, house.far, date(2026, 11, 1), 6))
    changed = walking.send(office, row, "convert", people, converted_on="2026-09-14")
    assert changed.status_code == 302, changed.content.decode()
    assert where(row.person, date(2026, 9, 20)) == [house.here.pk]
    assert where(row.person, date(2026, 11, 15)) == [house.far.pk]
    write.withdraw(system, register("development"), Case.objects.get(pk=row.pk), reason="误")
    write.restore(system, register("development"), Case.objects.get(pk=row.pk))
    assert where(row.person, date(2026, 11, 15)) == [house.far.pk]


def test_correcting_a_case_of_one_who_has_not_moved_still_reopens_probation(case, house):
    office, row, people = converted(case)
    assert walking.send(office, row, "convert_approve", people, conversion_approved_on="").status_code == 302
    assert walking.send(office, row, "convert", people, converted_on="").status_code == 302
    found = Position.objects.get(person=row.person, withdrawn=False)
    assert (found.post, found.until, found.unit_id) == ("probationary", None, house.here.pk)
