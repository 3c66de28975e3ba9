"""A member's relation is transferred on the pages: letter, acceptance, receipt; who may do what, and what is refused and why."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test.utils import CaptureQueriesContext

from luoshi.engine import samples, write
from luoshi.engine.indicators import indicators, total
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Person, Position, Post
from luoshi.kernel import periods
from luoshi.registers.membership.models import Transfer
from tests.conftest import TODAY

from . import walking

pytestmark = pytest.mark.django_db
LETTER = {"letter_no": "组转〔2026〕1号", "issued_on": "2026-10-10", "valid_days": "30"}
ACCEPTED = {"presented_on": "2026-10-20", "accepted_on": "2026-10-22"}


@pytest.fixture
def sender(house, grant, client_of):
    return client_of(grant(house.here, Verb.CHANGE))


@pytest.fixture
def receiver(house, grant, client_of):
    return client_of(grant(house.far, Verb.CHANGE))


@pytest.fixture
def office(house, grant, client_of):
    return client_of(grant(house.root, Verb.MANAGE))


@pytest.fixture
def person(house):
    return walking.full_member(house.here)


@pytest.fixture
def row(sender, house, person):
    return draft(sender, house, person)


def draft(client, house, person, kind="within", **more):
    data = {"unit": house.here.pk, "person": person.pk, "cause": "work", "drafted_on": "2026-10-08"}
    data |= {"receiver": house.far.pk} if kind == "within" else {"outside": "远海市直机关工委"}
    answer = client.post(f"/membership/transfers/new/{kind}/", data | more)
    assert answer.status_code == 302, answer.content.decode()
    return Transfer.objects.get(person=person, withdrawn=False)


def step(client, row, code, data, **more):
    row.refresh_from_db()
    return client.post(f"/membership/transfers/{row.pk}/{code}/", {**data, "version": row.version, **more})


def posts(person):
    return sorted((p.unit.name, p.post, p.since.isoformat(), p.until and p.until.isoformat())
                  for p in Position.objects.filter(person=person, withdrawn=False).select_related("unit"))


def state(row):
    row.refresh_from_db()
    return row.state


def test_between_two_branches(sender, receiver, office, row, person, house):
    assert step(office, row, "issue", LETTER).status_code == 302
    assert state(row) == "issued"
    assert step(receiver, row, "accept", ACCEPTED).status_code == 302
    assert state(row) == "accepted"
    assert posts(person) == [("乙中心党支部", "member", "2026-10-22", None),
                             ("甲司第一党支部", "member", "2012-01-01", "2026-10-22")]
    assert Person.objects.get(pk=person.pk).unit_id == house.far.pk
    assert "甲司第一党支部继续负责" in sender.get(f"/membership/transfers/{row.pk}/").content.decode()
    assert step(receiver, row, "receipt", {"receipt_on": "2026-10-30"}).status_code == 302
    assert state(row) == "done"
    assert "继续负责" not in sender.get(f"/membership/transfers/{row.pk}/").content.decode()


def test_to_outside_the_membership_ends_with_the_receipt(sender, office, person, house):
    row = draft(sender, house, person, "out")
    step(office, row, "issue", LETTER)
    assert posts(person)[0][3] is None
    assert step(sender, row, "receipt", {"receipt_on": "2026-11-02"}).status_code == 302
    assert state(row) == "done"
    assert posts(person) == [("甲司第一党支部", "member", "2012-01-01", "2026-11-02")]


def incoming(house, **more):
    return {"unit": house.here.pk, "outside": "远海市某局党委", "newcomer": "林知远", "newcomer_number": "N0001",
            "joined": "2015-06-01", "post": "member", "cause": "work", "letter_no": "远海转第12号", "issued_on": "2026-10-10",
            "valid_days": "30", "drafted_on": "2026-10-15", **more}


def test_from_outside_a_new_person_becomes_a_member_on_acceptance(sender, house):
    assert sender.post("/membership/transfers/new/in/", incoming(house)).status_code == 302
    row = Transfer.objects.get(newcomer="林知远")
    assert (row.state, row.person) == ("issued", None)
    assert step(sender, row, "accept", ACCEPTED).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.person.number, row.person.joined) == ("accepted", "N0001", date(2015, 6, 1))
    assert posts(row.person) == [("甲司第一党支部", "member", "2026-10-22", None)]


def test_a_number_that_is_taken_is_refused_and_nothing_is_kept(sender, house):
    samples.person(house.far)
    taken = Person.objects.first().number
    sender.post("/membership/transfers/new/in/", incoming(house, newcomer_number=taken))
    row = Transfer.objects.get(newcomer="林知远")
    answer = step(sender, row, "accept", ACCEPTED)
    assert answer.status_code == 422
    assert "工号已有人员使用" in answer.content.decode()
    assert state(row) == "issued"
    assert Person.objects.filter(number=taken).count() == 1


def test_a_refusal_needs_a_reason_and_goes_back(sender, receiver, office, row, person, house):
    step(office, row, "issue", LETTER)
    answer = step(receiver, row, "refuse", {"refused_on": "2026-10-20", "refusal": ""})
    assert answer.status_code == 422 and "请填写退回原因" in answer.content.decode()
    assert step(receiver, row, "refuse", {"refused_on": "2026-10-20", "refusal": "接收支部有误"}).status_code == 302
    assert state(row) == "refused"
    assert posts(person) == [("甲司第一党支部", "member", "2012-01-01", None)]
    assert "接收支部有误" in sender.get(f"/membership/transfers/{row.pk}/").content.decode()
    assert step(sender, row, "again", {"receiver": house.beside.pk, "cause": "work"}).status_code == 302
    assert (state(row), row.letter_no, row.receiver_id) == ("drafted", "", house.beside.pk)
    assert receiver.get(f"/membership/transfers/{row.pk}/").status_code == 404


def test_an_expired_letter_is_flagged_not_accepted_and_issued_again(sender, receiver, office, row):
    assert step(office, row, "issue", LETTER | {"valid_days": "5"}).status_code == 302
    html = sender.get("/membership/transfers/?view=late").content.decode()
    assert "介绍信已过期" in html
    assert "已于" in sender.get(f"/membership/transfers/{row.pk}/").content.decode()
    answer = step(receiver, row, "accept", ACCEPTED)
    assert answer.status_code == 422 and "重新开具" in answer.content.decode()
    assert step(office, row, "issue", {"letter_no": "组转〔2026〕2号", "issued_on": "2026-10-18", "valid_days": "30"}).status_code == 302
    assert step(receiver, row, "accept", ACCEPTED).status_code == 302


def test_a_letter_for_more_than_ninety_days_is_refused(office, row):
    answer = step(office, row, "issue", LETTER | {"valid_days": "120"})
    assert answer.status_code == 422
    assert "最长 90 天" in answer.content.decode()
    assert "组转〔2026〕1号" in answer.content.decode()  # nothing typed is lost


def test_each_side_does_its_own_part(sender, receiver, office, row, house, grant, client_of):
    assert step(sender, row, "issue", LETTER).status_code == 403  # the committee's
    assert receiver.get(f"/membership/transfers/{row.pk}/").status_code == 404  # nothing has been sent yet
    step(office, row, "issue", LETTER)
    stranger = client_of(grant(house.beside, Verb.MANAGE))
    for address in (f"/membership/transfers/{row.pk}/", f"/membership/transfers/{row.pk}/accept/", f"/r/transfer/{row.pk}/"):
        assert stranger.get(address).status_code == 404
        assert receiver.get(address).status_code == 200
    assert step(stranger, row, "accept", ACCEPTED).status_code == 404
    assert step(sender, row, "accept", ACCEPTED).status_code == 403
    assert step(sender, row, "refuse", {"refused_on": "2026-10-20", "refusal": "x"}).status_code == 403
    assert receiver.get(f"/r/transfer/{row.pk}/edit/").status_code == 403
    assert step(receiver, row, "issue", LETTER).status_code == 403
    looks = client_of(grant(house.far, Verb.SEE))
    assert looks.get(f"/membership/transfers/{row.pk}/").status_code == 200
    assert step(looks, row, "accept", ACCEPTED).status_code == 403


@pytest.mark.parametrize("field", ["accepted_on", "receipt_on", "refusal"])
def test_the_door_itself_keeps_the_receivers_part_from_the_sender(field, office, row, house, actor):
    step(office, row, "issue", LETTER)
    row.refresh_from_db()
    setattr(row, field, "x" if field == "refusal" else date(2026, 10, 20))
    with pytest.raises(PermissionDenied):
        write.save(actor(house.here, Verb.MANAGE), register("transfer"), row)


@pytest.mark.parametrize("field", ["outside", "cause", "letter_no"])
def test_the_door_itself_keeps_the_senders_part_from_the_receiver(field, office, row, house, actor):
    step(office, row, "issue", LETTER)
    row.refresh_from_db()
    setattr(row, field, "study" if field == "cause" else "组转〔2026〕7号")
    with pytest.raises(PermissionDenied):
        write.save(actor(house.far, Verb.MANAGE), register("transfer"), row)


def test_an_accepted_transfer_is_withdrawn_only_by_both_sides_and_brings_the_member_back(office, receiver, row, person, house, actor):
    step(office, row, "issue", LETTER)
    step(receiver, row, "accept", ACCEPTED)
    for unit in (house.here, house.far):
        with pytest.raises(PermissionDenied):
            write.withdraw(actor(unit, Verb.MANAGE), register("transfer"), Transfer.objects.get(pk=row.pk), reason="误")
    both = actor(house.root, Verb.MANAGE)
    write.withdraw(both, register("transfer"), Transfer.objects.get(pk=row.pk), reason="误")
    assert posts(person) == [("甲司第一党支部", "member", "2012-01-01", None)]
    assert Person.objects.get(pk=person.pk).unit_id == house.here.pk
    write.restore(both, register("transfer"), Transfer.objects.get(pk=row.pk))
    assert posts(person)[0] == ("乙中心党支部", "member", "2026-10-22", None)


def test_what_came_after_stands_in_the_way_of_taking_a_transfer_back(sender, office, receiver, row, person, house, actor):
    step(office, row, "issue", LETTER)
    step(receiver, row, "accept", ACCEPTED)
    second = Transfer(unit=house.far, kind="within", person=person, receiver=house.beside, drafted_on=date(2026, 10, 25),
                      letter_no="组转〔2026〕9号", issued_on=date(2026, 10, 25), presented_on=date(2026, 10, 26),
                      accepted_on=date(2026, 10, 26))
    both = actor(house.root, Verb.MANAGE)
    write.save(both, register("transfer"), second)
    with pytest.raises(ValidationError, match="后面的变更"):
        write.withdraw(both, register("transfer"), Transfer.objects.get(pk=row.pk), reason="误")
    assert Position.objects.filter(person=person, until__isnull=True, withdrawn=False).get().unit_id == house.beside.pk


def test_a_double_click_is_harmless_and_a_second_editor_sees_both(office, receiver, row, person):
    step(office, row, "issue", LETTER)
    row.refresh_from_db()
    seen = row.version
    for _n in range(2):
        answer = receiver.post(f"/membership/transfers/{row.pk}/accept/", {**ACCEPTED, "version": seen, "key": "one-click"})
        assert answer.status_code == 302
    assert len(posts(person)) == 2
    late = receiver.post(f"/membership/transfers/{row.pk}/accept/", {**ACCEPTED, "accepted_on": "2026-10-23", "version": seen})
    assert late.status_code == 409
    assert "2026-10-22" in late.content.decode() and "2026-10-23" in late.content.decode()


@pytest.mark.parametrize(("changed", "said"), [
    ({"receiver": "{here}"}, "接收党支部就是转出支部"), ({"receiver": "{root}"}, "另选"), ({"receiver": ""}, "请填写接收党支部"),
    ({"person": "{stranger}"}, "不是本支部的党员"), ({"drafted_on": "2027-01-01"}, "不能晚于今天")])
def test_what_cannot_be_asked_for(changed, said, sender, house, person):
    names = {"here": house.here.pk, "root": house.root.pk, "stranger": samples.person(house.here).pk}
    data = {"unit": house.here.pk, "person": person.pk, "receiver": house.far.pk, "cause": "work", "drafted_on": "2026-10-08"}
    answer = sender.post("/membership/transfers/new/within/", data | {k: v.format(**names) for k, v in changed.items()})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Transfer.objects.exists()


def test_a_member_has_one_transfer_under_way(sender, house, row, person):
    answer = sender.post("/membership/transfers/new/out/", {
        "unit": house.here.pk, "person": person.pk, "outside": "某局", "cause": "work", "drafted_on": "2026-10-09"})
    assert answer.status_code == 422
    assert "已有正在办理的转接" in answer.content.decode()


def test_acceptance_cannot_lie_before_the_day_one_joined_the_branch(office, receiver, house, sender):
    new = samples.person(house.here, joined=date(2026, 9, 1))
    samples.saved(register("position"), house.here, write_actor(), person=new, post=Post.PROBATIONARY, since=date(2026, 10, 25))
    row = draft(sender, house, new)
    assert row.post == "probationary"
    step(office, row, "issue", LETTER)
    answer = step(receiver, row, "accept", ACCEPTED)
    assert answer.status_code == 422
    assert "转接日期不能早于" in answer.content.decode()
    assert state(row) == "issued"


def write_actor():
    from luoshi.engine.actor import system_actor

    return system_actor(TODAY)


def test_groups_of_the_branch_are_left_with_it(office, receiver, row, person, house):
    samples.saved(register("position"), house.below, write_actor(), person=person, post=Post.MEMBER, since=date(2020, 1, 1))
    step(office, row, "issue", LETTER)
    step(receiver, row, "accept", ACCEPTED)
    assert [p[0] for p in posts(person) if p[3] is None] == ["乙中心党支部"]


def test_the_number_proposed_is_the_next_of_the_committee(sender, office, row, house):
    step(office, row, "issue", LETTER | {"letter_no": "组转〔2026〕41号"})
    other = draft(sender, house, walking.full_member(house.here))
    assert "组转〔2026〕42号" in office.get(f"/membership/transfers/{other.pk}/issue/").content.decode()
    answer = step(office, other, "issue", LETTER | {"letter_no": "组转〔2026〕41号"})
    assert answer.status_code == 422
    assert "编号" in answer.content.decode()
    assert step(office, other, "issue", LETTER | {"letter_no": "组转[2026]42号"}).status_code == 422


def test_the_board_tells_each_whose_turn_it_is(sender, receiver, office, row):
    def mine(client):
        return f"/membership/transfers/{row.pk}/" in client.get("/membership/transfers/?view=mine").content.decode()

    assert (mine(sender), mine(office), mine(receiver)) == (False, True, False)
    step(office, row, "issue", LETTER | {"issued_on": "2026-11-01"})
    assert (mine(sender), mine(receiver)) == (False, True)
    assert f"/membership/transfers/{row.pk}/" in receiver.get("/waiting/").content.decode()
    assert f"/membership/transfers/{row.pk}/" not in sender.get("/waiting/").content.decode()
    step(receiver, row, "accept", {"presented_on": "2026-11-05", "accepted_on": "2026-11-05"})
    assert (mine(sender), mine(receiver)) == (False, True)
    step(receiver, row, "receipt", {"receipt_on": "2026-11-06"})
    assert (mine(sender), mine(receiver)) == (False, False)


def test_pages_cost_the_same_for_one_and_for_thirty(sender, house, office):
    from django.db import connection

    def cost(client, address):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    addresses = ("/membership/transfers/?view=all", "/membership/away/", "/waiting/")
    samples.saved(register("transfer"), house.here, write_actor())
    samples.saved(register("away"), house.here, write_actor())
    few = [cost(office, one) for one in addresses if cost(office, one)]
    for _n in range(29):
        samples.saved(register("transfer"), house.here, write_actor())
        samples.saved(register("away"), house.here, write_actor())
    assert [cost(office, one) for one in addresses] == few
    assert max(few[:2]) <= 20


def test_indicators(sender, office, receiver, row, house, person):
    step(office, row, "issue", LETTER)
    step(receiver, row, "accept", ACCEPTED)  # the receipt is due on 2026-11-06
    step(sender, draft(sender, house, walking.full_member(house.here), "out"), "receipt", {})

    def share(name):
        found = total(indicators()[name], root=house.root.place, period=periods.year(TODAY), today=TODAY)
        return found.top, found.bottom

    assert share("membership.transferred_within")[0] == 1
    assert share("membership.transferred_out")[0] == 0
    assert share("membership.receipts_on_time") == (0, 1)
    step(receiver, row, "receipt", {"receipt_on": "2026-11-06"})
    assert share("membership.receipts_on_time") == (1, 1)
