"""Anyone signed in sends a message and reads the answer; the office answers; others see nothing of it."""

from datetime import date

import pytest

from luoshi.engine.indicators import indicators, total
from luoshi.foundation.accounts import Account
from luoshi.foundation.grants import Verb
from luoshi.kernel import periods
from luoshi.kernel.shares import Share
from luoshi.registers.opinions.models import Feedback, State

DAY = date(2026, 11, 23)
SENT = {"topic": "function", "text": "列表打不开", "page": "/r/meeting/"}


@pytest.fixture
def reader(house, db):
    """Somebody without any grant."""
    return Account.objects.create_user("reader", None, label="林知远", home=house.here)


@pytest.fixture
def office(house, grant, client_of):
    return client_of(grant(house.root, Verb.MANAGE))


def test_who_has_no_grant_can_send_and_reads_the_answer(reader, house, client_of, office):
    client = client_of(reader)
    assert client.get("/").content.decode().count("/opinions/feedback/?page=%2F") == 1
    page = client.get("/opinions/feedback/?page=/r/meeting/").content.decode()
    assert 'value="/r/meeting/"' in page
    assert client.post("/opinions/feedback/", SENT | {"key": "k1"}).status_code == 302
    row = Feedback.objects.get()
    assert (row.unit, row.sender, row.received_on, row.due) == (house.here, reader, DAY, date(2026, 12, 14))
    assert client.get(f"/opinions/feedback/{row.pk}/").status_code in (403, 404)

    assert "列表打不开" in office.get("/waiting/").content.decode()
    answered = office.post(f"/opinions/feedback/{row.pk}/", {"answer": "已经修复", "version": row.version})
    assert answered.status_code == 302
    row.refresh_from_db()
    assert (row.state, row.answered_on, row.answer) == (State.ANSWERED, DAY, "已经修复")
    assert "已经修复" in client.get("/opinions/feedback/").content.decode()
    office.get("/")  # the message of thanks is shown once
    assert "列表打不开" not in office.get("/waiting/").content.decode()


def test_a_double_click_sends_once(reader, client_of):
    client = client_of(reader)
    for _again in range(2):
        client.post("/opinions/feedback/", SENT | {"key": "k1"})
    assert Feedback.objects.count() == 1


def test_an_empty_message_is_refused_and_the_page_address_kept(reader, client_of):
    answer = client_of(reader).post("/opinions/feedback/", {"topic": "data", "text": " ", "page": "/r/term/"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "请写明遇到的问题或建议" in page and 'value="/r/term/"' in page
    assert not Feedback.objects.exists()


def test_strangers_see_nothing(reader, house, grant, client_of):
    client_of(reader).post("/opinions/feedback/", SENT)
    row = Feedback.objects.get()
    stranger = client_of(grant(house.far, Verb.MANAGE))
    assert stranger.get(f"/opinions/feedback/{row.pk}/").status_code == 404
    assert stranger.get(f"/r/feedback/{row.pk}/").status_code == 404
    assert "列表打不开" not in stranger.get("/opinions/feedback/").content.decode()
    beside = Account.objects.create_user("beside", None, label="何书", home=house.here)
    assert "列表打不开" not in client_of(beside).get("/opinions/feedback/").content.decode()


def test_it_is_handed_on_and_two_who_answer_do_not_overwrite(reader, house, system, office, client_of):
    from luoshi.engine import samples

    client_of(reader).post("/opinions/feedback/", SENT)
    row, person = Feedback.objects.get(), samples.person(house.root)
    sent = {"do": "assign", "handler": person.pk, "version": row.version}
    assert office.post(f"/opinions/feedback/{row.pk}/", sent).status_code == 302
    late = office.post(f"/opinions/feedback/{row.pk}/", {"answer": "第二个答复", "version": row.version})
    assert late.status_code == 422
    assert "其他人刚刚办理过" in late.content.decode() and "第二个答复" in late.content.decode()
    row.refresh_from_db()
    assert (row.state, row.handler, row.answer) == (State.ASSIGNED, person, "")


def test_what_was_answered_in_time_is_counted(house):
    for received, answered in ((date(2026, 6, 1), date(2026, 6, 10)), (date(2026, 6, 1), date(2026, 9, 1)),
                               (date(2026, 6, 1), None), (date(2026, 11, 20), None)):
        row = Feedback(unit=house.here, text="字太小", received_on=received, answered_on=answered,
                       state=State.ANSWERED if answered else State.RECEIVED)
        row.settle()
        row.save()
    year = periods.year(2026)
    assert total(indicators()["opinions.answered"], root=house.root.place, period=year, today=DAY) == Share(1, 3)
    assert total(indicators()["opinions.received"], root=house.root.place, period=year, today=DAY) == Share(4)
