"""A secretary hands over: the list says what is open, both confirm, and the rights pass once and on the day."""

from datetime import date
from types import SimpleNamespace

import pytest

from luoshi.engine import handover as open_matters
from luoshi.engine import samples, write
from luoshi.engine.actor import actor_of
from luoshi.engine.register import register
from luoshi.foundation.grants import EVERY, Grant, Verb
from luoshi.foundation.trail import Line
from luoshi.registers.organization.models import Handover, Term

DAY = date(2026, 11, 23)


@pytest.fixture
def pair(house, system, grant, client_of):
    """The old secretary with a grant on the branch, the new one with an account and no grant."""
    old, new = samples.person(house.here, "林知远"), samples.person(house.here, "周明禾")
    leaving, taking = grant(house.here, Verb.MANAGE), grant(house.here, None)
    for account, person in ((leaving, old), (taking, new)):
        account.person = person
        account.save()
    row = write.save(system, register("handover"),
                     Handover(unit=house.here, leaving=old, taking=new, on=date(2026, 12, 1), note="印章 1 枚"))
    return SimpleNamespace(row=row, old=client_of(leaving), new=client_of(taking), leaving=leaving, taking=taking,
                           address=f"/organization/handovers/{row.pk}/")


def test_both_confirm_and_the_rights_pass_on_the_day(house, pair):
    assert pair.new.get(pair.address).status_code == 200, "who takes over finds it without a grant"
    assert pair.old.post(pair.address, {"do": "give"}).status_code == 302
    assert not Grant.objects.filter(account=pair.taking).exists(), "one confirmation moves nothing"
    assert pair.new.post(pair.address, {"do": "take"}).status_code == 302
    (given,) = Grant.objects.filter(account=pair.taking)
    assert (given.unit, given.register, given.verb, given.since) == (house.here, EVERY, Verb.MANAGE, date(2026, 12, 1))
    assert Grant.objects.get(account=pair.leaving).until == date(2026, 12, 1)
    assert actor_of(pair.leaving, date(2026, 11, 30)).may(Verb.MANAGE, "meeting", house.here.place)
    assert not actor_of(pair.leaving, date(2026, 12, 1)).may(Verb.SEE, "meeting", house.here.place)
    assert "移交权限" in Line.objects.get(register="handover", row=pair.row.pk, verb="take").reason
    pair.new.post(pair.address, {"do": "take"})
    assert Grant.objects.filter(account=pair.taking).count() == 1, "a second click gives nothing more"


def test_nobody_confirms_for_another_without_managing_the_unit(house, pair, grant, client_of):
    assert pair.new.post(pair.address, {"do": "give"}).status_code == 403
    assert pair.old.post(pair.address, {"do": "take"}).status_code == 403, "managing the unit, yet not the one who takes"
    clerk = client_of(grant(house.here, Verb.MANAGE, "handover"))
    assert clerk.post(pair.address, {"do": "give"}).status_code == 403, "managing hand-overs is not managing the unit"
    assert client_of(grant(house.beside, Verb.MANAGE)).get(pair.address).status_code == 404
    assert client_of(grant(house.above, Verb.MANAGE)).post(pair.address, {"do": "give"}).status_code == 302
    assert Handover.objects.get(pk=pair.row.pk).given_on == DAY


def test_a_stale_page_does_not_confirm(pair):
    pair.old.post(pair.address, {"do": "give", "version": pair.row.version + 5})
    assert Handover.objects.get(pk=pair.row.pk).given_on is None


def test_only_rights_on_this_unit_pass(house, pair):
    Grant.objects.create(account=pair.leaving, unit=house.far, verb=Verb.MANAGE, register=EVERY, since=date(2000, 1, 1))
    for client, do in ((pair.old, "give"), (pair.new, "take")):
        client.post(pair.address, {"do": do})
    assert set(Grant.objects.filter(account=pair.taking).values_list("unit", flat=True)) == {house.here.pk}


def test_the_list_shows_what_is_owed_and_ahead_and_prints(house, system, pair):
    write.save(system, register("term"), Term(unit=house.here, number=3, elected_on=date(2024, 3, 1)))
    titles = [title for title, _rows in open_matters.gather(actor_of(pair.leaving, DAY), house.here)]
    assert titles == ["未完成的职责", "将要届满的届次"]
    html = pair.old.get(pair.address).content.decode()
    assert "届满日期 2027-03-01" in html
    printed = pair.old.get(f"/r/handover/{pair.row.pk}/document/pack.docx")
    assert printed.content[:2] == b"PK"
    paper = register("handover").documents[0].paper(pair.row, actor_of(pair.leaving, DAY))
    words = str(paper.body)
    assert "印章 1 枚" in words
    assert "接收人（签字）" in words


def test_work_cannot_be_handed_to_oneself(house):
    person = samples.person(house.here)
    one = Handover(unit=house.here, leaving=person, taking=person, on=DAY)
    assert [field for field, _said in one.problems()] == ["taking"]
