"""Members away: contact is noted, lost contact is shown with what the article proposes, decisions are the committee's."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from luoshi.engine import samples, write
from luoshi.engine.actor import system_actor
from luoshi.engine.indicators import indicators, total
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Position
from luoshi.kernel import periods
from luoshi.registers.membership.models import Decision
from tests.conftest import TODAY

from . import walking

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch(house, grant, client_of):
    return client_of(grant(house.here, Verb.MANAGE))


@pytest.fixture
def office(house, grant, client_of):
    return client_of(grant(house.root, Verb.MANAGE))


@pytest.fixture
def row(house):
    return gone(house, date(2026, 1, 5), last_contact_on=date(2026, 5, 23))


def gone(house, since, **more):
    person = walking.full_member(house.here)
    return samples.saved(register("away"), house.here, system_actor(TODAY), person=person, since=since, **more)


def decide(client, row, decision, day, paper="甲党〔2026〕5号", **more):
    row.refresh_from_db()
    return client.post(f"/membership/away/{row.pk}/decide/", {
        "d-decision": decision, "d-decided_on": day, "d-paper": paper, "version": row.version, **more})


def test_who_was_not_reached_for_six_months_is_proposed_and_never_decided_by_the_product(branch, row):
    html = branch.get(f"/membership/away/{row.pk}/").content.decode()
    assert "失去联系已满 6 个月" in html
    assert "第二十四条" in html
    assert "由组织研究决定" in branch.get("/membership/away/?view=lost").content.decode()
    assert "失联核查" in branch.get("/waiting/").content.decode()
    row.refresh_from_db()
    assert (row.suspended_on, row.struck_on) == (None, None)


def test_a_contact_ends_the_search_and_a_wrong_one_is_taken_out(branch, row):
    sent = {"held_on": "2026-11-20", "means": "video", "version": row.version, "key": "k1"}
    for _n in range(2):  # a double click makes one contact
        assert branch.post(f"/membership/away/{row.pk}/contact/", sent).status_code == 302
    row.refresh_from_db()
    assert (row.contacts.count(), row.last_contact_on) == (1, date(2026, 11, 20))
    assert row.status(TODAY) == "normal"
    branch.post(f"/membership/away/{row.pk}/contact/", {"drop": row.contacts.get().pk, "version": row.version})
    row.refresh_from_db()
    assert (row.contacts.count(), row.last_contact_on) == (0, None)


@pytest.mark.parametrize(("day", "said"), [("2026-11-24", "不能晚于今天"), ("2026-01-04", "不能早于外出日期"), ("", "请填写联系日期")])
def test_a_contact_on_a_wrong_day_is_refused_with_words(day, said, branch, row):
    answer = branch.post(f"/membership/away/{row.pk}/contact/", {"held_on": day, "means": "call", "version": row.version})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert row.contacts.count() == 0


def test_two_who_note_contacts_lose_nothing(branch, row):
    for day in ("2026-11-01", "2026-11-02"):
        branch.post(f"/membership/away/{row.pk}/contact/", {"held_on": day, "means": "call", "version": row.version})
    row.refresh_from_db()
    assert [c.held_on.isoformat() for c in row.contacts.all()] == ["2026-11-01"]  # the second was told and can do it again
    assert "已被修改" in branch.get(f"/membership/away/{row.pk}/").content.decode()


def test_suspension_restoration_and_strike_off_are_facts_of_the_committee(branch, office, row, house):
    assert decide(branch, row, "suspend", "2026-11-23").status_code == 403
    early = decide(office, row, "suspend", "2026-11-22")
    assert early.status_code == 422
    assert "未满失去联系 6 个月" in early.content.decode()
    assert decide(office, row, "suspend", "2026-11-23", paper="").status_code == 422
    for _n in range(2):  # a double click records one decision
        assert decide(office, row, "suspend", "2026-11-23", key="one").status_code in (302, 422)
    row.refresh_from_db()
    assert (row.suspended_on, row.suspended_lost, row.decisions.count()) == (date(2026, 11, 23), True, 1)
    answer = decide(office, row, "strike_off", "2026-11-23")
    assert "满 2 年" in answer.content.decode()
    assert decide(office, row, "restore", "2026-11-23").status_code == 302
    row.refresh_from_db()
    assert (row.suspended_on, row.status(TODAY), row.decisions.count()) == (None, "normal", 2)
    assert Position.objects.filter(person=row.person, until__isnull=True).exists()


def test_two_years_after_the_suspension_strike_off_is_proposed(office, house):
    row = gone(house, date(2023, 1, 1), suspended_on=date(2024, 11, 23), suspended_lost=True)
    assert "按照自行脱党予以除名" in office.get(f"/membership/away/{row.pk}/").content.decode()
    assert decide(office, row, "strike_off", "2026-11-23").status_code == 302
    row.refresh_from_db()
    assert (row.struck_on, row.status(TODAY)) == (date(2026, 11, 23), "struck")
    assert decide(office, row, "restore", "2026-11-23").status_code == 422


def test_the_door_itself_keeps_decisions_from_the_branch(row, house, actor):
    row.suspended_on = TODAY
    with pytest.raises(PermissionDenied):
        write.save(actor(house.here, Verb.MANAGE), register("away"), row)


def test_strangers_see_nothing(row, house, grant, client_of):
    stranger = client_of(grant(house.beside, Verb.MANAGE))
    assert stranger.get(f"/membership/away/{row.pk}/").status_code == 404
    assert stranger.post(f"/membership/away/{row.pk}/contact/", {"held_on": "2026-11-01", "means": "call"}).status_code == 404
    assert decide(stranger, row, "suspend", "2026-11-23").status_code == 404
    looks = client_of(grant(house.here, Verb.SEE))
    assert looks.get(f"/membership/away/{row.pk}/").status_code == 200
    assert looks.post(f"/membership/away/{row.pk}/contact/", {"held_on": "2026-11-01", "means": "call"}).status_code == 403
    assert not Decision.objects.exists()


@pytest.mark.parametrize(("where", "until", "said"), [
    ("fixed", "2026-03-01", "不需办理手续"), ("fixed", "2026-05-10", "党员证明信即可"), ("fixed", None, "应转接组织关系"),
    ("not_fixed", None, "流动党员管理"), ("study", None, "组织关系保留")])
def test_the_page_says_what_the_leave_calls_for(where, until, said, house, branch):
    row = gone(house, date(2026, 1, 5), where=where, until=date.fromisoformat(until) if until else None)
    html = branch.get(f"/membership/away/{row.pk}/").content.decode()
    assert said in html
    assert ("/membership/transfers/new/out/" in html) is (where == "fixed" and until is None)


def test_the_lists_by_whereabouts(house, branch):
    rows = {where: gone(house, date(2026, 9, 1), where=where) for where in ("fixed", "not_fixed", "private", "study")}
    for view, wanted in (("floating", {"not_fixed"}), ("abroad", {"private", "study"}), ("lost", set())):
        html = branch.get(f"/membership/away/?view={view}").content.decode()
        assert {where for where, row in rows.items() if f"/membership/away/{row.pk}/" in html} == wanted


def test_lost_members_are_counted_until_they_are_handled(house, office, row):
    def count(name):
        found = total(indicators()[name], root=house.root.place, period=periods.year(TODAY), today=TODAY)
        return found.top, found.bottom

    gone(house, date(2026, 9, 1))  # in time
    assert count("membership.lost_unhandled")[0] == 1
    assert row.lost_from == TODAY  # whose six months end today has not yet fallen due
    other = gone(house, date(2026, 1, 5), last_contact_on=date(2026, 5, 1))
    assert count("membership.lost_unhandled")[0] == 2
    assert count("membership.lost_handled") == (0, 1)
    assert decide(office, other, "suspend", "2026-11-20").status_code == 302
    assert count("membership.lost_unhandled")[0] == 1
    assert count("membership.lost_handled") == (1, 1)
