"""A packet back through the door: verified, tried, taken in exactly once, refused with the form's own sentences."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.engine import duties, samples, write
from luoshi.engine.actor import actor_of
from luoshi.engine.models import Receipt
from luoshi.engine.packets import contents, wire
from luoshi.engine.register import register
from luoshi.foundation.grants import Grant, Verb
from luoshi.foundation.trail import Line
from luoshi.kernel import periods
from luoshi.registers.overseas import forms
from luoshi.registers.overseas.models import Item, Packet, PacketState, PostReport

from .conftest import back, meeting


def meetings():
    return register("meeting").base()


def state(text: str, actor) -> str:
    with pytest.raises(forms.Refused) as refused:
        forms.opened(text, actor)
    return refused.value.code


def change(packet: Packet, actor, **more) -> None:
    row = Packet.objects.get(pk=packet.pk)
    for name, value in more.items():
        setattr(row, name, value)
    write.save(actor, register("packet"), row)


def test_records_are_taken_in_as_the_account_it_was_issued_to(post):
    outcomes = forms.take(forms.opened(post.back(meeting()), post.office_actor), post.office_actor)
    assert [one.state for one in outcomes] == ["new"]
    row = meetings().get()
    assert (row.unit, row.topic, row.expected, row.present) == (post.unit, "讨论年度计划", 6, 6)
    line = Line.objects.get(register="meeting", row=row.pk)
    assert line.actor == post.account.pk
    assert post.packet.number in line.reason and "办公室" in line.reason
    item = Item.objects.get()
    assert (item.state, item.row, item.packet_id) == ("taken", row.pk, post.packet.pk)
    packet = Packet.objects.get()
    assert (packet.returned_on, packet.taken, packet.refused) == (post.office_actor.today, 1, 0)


def test_the_same_packet_twice_changes_nothing(post):
    text = post.back(meeting(), meeting("b" * 32, topic="学习"))
    forms.take(forms.opened(text, post.office_actor), post.office_actor)
    before = [Line.objects.count(), Item.objects.count(), Receipt.objects.count(), Packet.objects.get().version]
    again = forms.take(forms.opened(text, post.secretary), post.secretary)
    assert [one.state for one in again] == ["taken", "taken"]
    assert [Line.objects.count(), Item.objects.count(), Receipt.objects.count(), Packet.objects.get().version] == before
    assert meetings().count() == 2


def test_the_preview_says_what_taking_in_would_and_keeps_nothing(post):
    found = forms.opened(post.back(meeting(), meeting("b" * 32, expected="")), post.office_actor)
    lines = Line.objects.count()
    seen = forms.preview(found)
    assert [one.state for one in seen] == ["new", "refused"]
    assert [meetings().count(), Item.objects.count(), Receipt.objects.count(), Line.objects.count() - lines] == [0, 0, 0, 0]
    done = forms.take(found, post.office_actor)
    assert [(one.state, one.reasons) for one in done] == [(one.state, one.reasons) for one in seen]


def test_a_refused_record_leaves_the_good_ones_and_may_come_again(post):
    bad = meeting("b" * 32, held_on="2026-11-30")
    first = forms.take(forms.opened(post.back(meeting(), bad), post.office_actor), post.office_actor)
    assert [one.state for one in first] == ["new", "refused"]
    assert "会议日期不能晚于今天" in first[1].reasons[0]
    told = contents_of(post)["told"]
    assert [one["state"] for one in told] == ["taken", "refused"]
    assert "会议日期不能晚于今天" in told[1]["reasons"][0]
    assert told[1]["what"] == "会议 2026-11-30 讨论年度计划"
    mended = post.back(meeting(), meeting("b" * 32, held_on="2026-11-21"), sequence=2)
    second = forms.take(forms.opened(mended, post.office_actor), post.office_actor)
    assert [one.state for one in second] == ["taken", "new"]
    assert meetings().count() == 2
    assert [one["state"] for one in contents_of(post)["told"]] == ["taken", "taken"]


def contents_of(post) -> dict:
    import json
    import re

    from luoshi.registers.overseas.documents import packet_file

    html = packet_file(Packet.objects.get(), post.secretary).decode()
    return json.loads(re.search(r'id="content">(.*?)</script>', html, re.S)[1])


def test_absences_travel_and_the_number_present_follows(post):
    record = meeting()
    record["lines"] = {"absences": [{"person": str(post.people[2].pk), "reason": "sick"}]}
    forms.take(forms.opened(post.back(record), post.office_actor), post.office_actor)
    row = meetings().get()
    assert row.present == 5
    assert [(one.person, one.reason) for one in row.absences.all()] == [(post.people[2], "sick")]


def test_the_unit_is_the_packets_whatever_the_record_says(post, house):
    forms.take(forms.opened(post.back(meeting(unit=str(house.here.pk))), post.office_actor), post.office_actor)
    assert meetings().get().unit == post.unit


def test_a_person_of_another_unit_is_refused_by_the_form(post, house):
    other = samples.person(house.here)
    outcomes = forms.take(forms.opened(post.back(meeting(chair=str(other.pk))), post.office_actor), post.office_actor)
    assert outcomes[0].state == "refused" and "没有找到" in outcomes[0].reasons[0]
    assert not meetings().exists()


def test_changed_after_it_was_taken_in_stays_as_it_was_taken(post):
    forms.take(forms.opened(post.back(meeting()), post.office_actor), post.office_actor)
    found = forms.opened(post.back(meeting(topic="另一主题"), sequence=2), post.office_actor)
    assert forms.differs(found, forms.take(found, post.office_actor)) == {"a" * 32}
    assert meetings().get().topic == "讨论年度计划"


def test_forged_replayed_elsewhere_revoked_and_expired_are_refused(post, house, grant):
    text = post.back(meeting())
    assert state("没有包", post.office_actor) == "unreadable"
    assert state(back(post.packet, meeting(), secret="0" * 64), post.office_actor) == "altered"
    other = wire.packed({"records": []}, number="f" * 10, sequence=1, secret="0" * 64)
    assert state(other, post.office_actor) == "unknown"
    stranger = actor_of(grant(house.here, Verb.MANAGE), post.office_actor.today)
    assert state(text, stranger) == "unknown", "a packet of a unit that one is not responsible for does not exist"
    change(post.packet, post.office_actor, until=post.office_actor.today - timedelta(days=1))
    assert state(text, post.office_actor) == "expired"
    change(post.packet, post.office_actor, until=post.office_actor.today)
    forms.opened(text, post.office_actor)
    change(post.packet, post.office_actor, state=PacketState.REVOKED)
    assert state(text, post.office_actor) == "revoked"
    assert not meetings().exists()


def test_a_packet_made_from_another_content_is_refused(post):
    from luoshi.foundation.sealed import clear

    secret = clear(Packet.objects.get().secret)
    text = wire.packed({"base": "0" * 64, "sign": "0" * 64, "records": [meeting()]}, number=post.packet.number, sequence=1, secret=secret)
    assert state(text, post.office_actor) == "not_ours"
    assert not contents.genuine("0" * 64, "0" * 64, secret)


def test_an_account_that_was_closed_takes_nothing_in(post):
    post.account.is_active = False
    post.account.save()
    assert state(post.back(meeting()), post.office_actor) == "no_account"


def test_rights_are_asked_at_the_time_of_taking_in(post):
    Grant.objects.filter(account=post.account).update(until=post.office_actor.today)
    outcomes = forms.take(forms.opened(post.back(meeting()), post.office_actor), post.office_actor)
    assert [one.state for one in outcomes] == ["refused"]
    assert "没有登记此项的权限" in outcomes[0].reasons[0]
    assert not meetings().exists()


def test_registers_that_do_not_travel_are_refused(post):
    record = {"key": "c" * 32, "register": "packet", "values": {"month": "2026-11-01"}, "lines": {}}
    unit = {"key": "d" * 32, "register": "unit", "values": {"name": "新单位"}, "lines": {}}
    outcomes = forms.take(forms.opened(post.back(unit, record), post.office_actor), post.office_actor)
    assert [one.state for one in outcomes] == ["refused", "refused"]
    assert Packet.objects.count() == 1


@pytest.mark.parametrize("records", [None, 7, "x", [7], [{"key": 1}], [{"key": "short", "register": "meeting", "values": {}}],
                                     [{"key": "a" * 32, "register": "meeting", "values": {"topic": ["x"]}}],
                                     [{"key": "a" * 32, "register": "meeting", "values": {}, "lines": 7}], [meeting()] * 61])
def test_what_has_not_the_shape_of_a_packet_is_refused_as_a_whole(post, records):
    from luoshi.foundation.sealed import clear

    secret = clear(Packet.objects.get().secret)
    text, sign = contents.signed({"any": "content"}, secret)
    made = wire.packed({"base": wire.fingerprint(text), "sign": sign, "records": records}, number=post.packet.number, sequence=1,
                       secret=secret)
    assert state(made, post.office_actor) == "unreadable"


def test_the_lamp_of_the_duty_moves_and_the_post_has_reported(post):
    period = periods.quarter(post.office_actor.today)
    duty = duties.duties()["life.members"]

    def lamp(name: str) -> str:
        found = duties.lamps([duties.duties()[name]], root=post.unit.place, periods=[period], today=post.office_actor.today)
        return found[post.unit.pk][name, period.key].state

    assert lamp(duty.name) != "ok" and lamp("overseas.report") != "ok"
    forms.take(forms.opened(post.back(meeting()), post.office_actor), post.office_actor)
    assert lamp(duty.name) == lamp("overseas.report") == "ok"
    report = PostReport.objects.get()
    assert (report.unit, report.reported_on, report.way) == (post.unit, date(2026, 11, 20), "record")


def test_a_withdrawn_record_is_not_made_again(post):
    text = post.back(meeting())
    forms.take(forms.opened(text, post.office_actor), post.office_actor)
    write.withdraw(post.secretary, register("meeting"), meetings().get(), reason="重复登记")
    again = forms.take(forms.opened(text, post.office_actor), post.office_actor)
    assert [one.state for one in again] == ["taken"]
    assert not meetings().exists()


def test_the_pages_ask_show_and_take_in(post, client):
    client.force_login(post.account)
    text = post.back(meeting())
    assert client.get("/overseas/return/").status_code == 200
    refused = client.post("/overseas/return/", {"text": text[:-1] + ("0" if text[-1] != "0" else "1")})
    assert refused.status_code == 422 and "签名不符" in refused.content.decode()
    shown = client.post("/overseas/return/", {"file": SimpleUploadedFile("a.txt", text.encode())})
    html = shown.content.decode()
    assert shown.status_code == 200 and "新登记" in html and not meetings().exists()
    done = client.post("/overseas/return/", {"text": text, "do": "take"}, follow=True)
    assert "受理 1 条" in done.content.decode() and meetings().count() == 1
    again = client.post("/overseas/return/", {"text": text, "do": "take"}, follow=True)
    assert "此前已受理 1 条" in again.content.decode() and meetings().count() == 1


def test_the_program_gets_the_same_answers(post, client):
    client.force_login(post.office)
    text = post.back(meeting())

    def ask(**body):
        return client.post("/overseas/return/api/", body, content_type="application/json")

    assert client.post("/overseas/return/api/", "[", content_type="application/json").status_code == 400
    assert ask(text=text + "x" * 3, preview=True).json()["records"][0]["state"] == "new"
    assert not meetings().exists()
    assert ask(text=text).json()["records"][0]["state"] == "new"
    assert ask(text=text).json()["records"][0]["state"] == "taken"
    assert ask(text="nothing").status_code == 422
    client.logout()
    assert ask(text=text).status_code in (401, 403)


@pytest.mark.parametrize("total", ["9" * 5000, "9" * 30, "-1", "六", "1e3"])
def test_a_number_that_is_none_is_refused_in_words(post, total):
    outcomes = forms.take(forms.opened(post.back(meeting(expected=total)), post.office_actor), post.office_actor)
    assert outcomes[0].state == "refused" and outcomes[0].reasons


def test_what_a_post_held_on_its_own_today_is_taken_in_before_midnight_in_beijing(post, monkeypatch):
    from datetime import UTC, datetime

    monkeypatch.setattr(forms, "now", lambda: datetime(2026, 11, 23, 15, 30, tzinfo=UTC))
    text = post.back(meeting(held_on="2026-11-24"))
    assert forms.preview(forms.opened(text, post.office_actor))[0].state == "refused"
    post.unit.zone = "Asia/Tokyo"
    post.unit.save()
    assert forms.preview(forms.opened(text, post.office_actor))[0].state == "new"
