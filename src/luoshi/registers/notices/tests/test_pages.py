"""The office sends a notice, branches confirm and reply, who has not is reminded; nobody sees another unit's receipt."""

from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.engine import agenda, handover, samples, write
from luoshi.engine.actor import actor_of
from luoshi.engine.indicators import indicators, total
from luoshi.engine.models import Reminder
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.kernel import periods
from luoshi.registers.notices import pages
from luoshi.registers.notices.models import NoticeReceipt

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def office(house, grant, client_of):
    return client_of(grant(house.above, Verb.MANAGE, login="office"))


@pytest.fixture
def branch(house, grant, client_of):
    return client_of(grant(house.here, Verb.CHANGE, login="branch"))


@pytest.fixture
def notice(house, system):
    return samples.saved(register("notice"), house.above, system, title="关于报送年度总结的通知", sent_on=TODAY,
                         reply_by=date(2026, 11, 30))


def send(client, notice, **form):
    return client.post(f"/notices/{notice.pk}/send/", {"to": "children", **form}, follow=True)


def receipt(notice, unit):
    return NoticeReceipt.objects.get(notice=notice, unit=unit)


def test_each_unit_gets_one_receipt_and_a_message(office, branch, notice, house):
    assert "已发送到 2 个单位" in send(office, notice).content.decode()
    assert "已发送到 0 个单位" in send(office, notice).content.decode()
    assert set(NoticeReceipt.objects.values_list("unit", flat=True)) == {house.here.pk, house.beside.pk}
    assert Reminder.objects.count() == 1
    assert notice.title in branch.get("/inbox/").content.decode()
    assert "收件箱（1 项未读）" in branch.get("/waiting/").content.decode()


def test_named_units_are_found_and_wrong_ones_said(office, notice, house):
    page = send(office, notice, to="named", named=f"{house.here.name}\n没有这个支部\n{house.far.name}").content.decode()
    assert "找不到下级单位“没有这个支部”" in page and f"找不到下级单位“{house.far.name}”" in page
    assert not NoticeReceipt.objects.exists()
    send(office, notice, to="named", named=f"{house.here.code}\n{house.here.name}")
    assert NoticeReceipt.objects.get().unit == house.here
    assert send(office, notice, to="named").status_code == 422
    send(office, notice, to="branches")
    assert NoticeReceipt.objects.count() == 3  # with the one below here


def test_a_branch_confirms_and_replies_once(office, branch, notice, house):
    send(office, notice)
    one = receipt(notice, house.here)
    at = f"/notices/receipts/{one.pk}/"
    assert notice.text in branch.get(at).content.decode()
    for _twice in range(2):
        branch.post(at, {"reply": ""})
    one.refresh_from_db()
    assert one.confirmed_on == TODAY and one.replied_on is None and one.version == 2
    assert notice.title in branch.get("/inbox/").content.decode()  # a reply is still owed
    branch.post(at, {"reply": "已报送"})
    one.refresh_from_db()
    assert (one.reply, one.replied_on) == ("已报送", TODAY)
    assert notice.title not in branch.get("/inbox/").content.decode()


def test_two_editors_are_told(branch, office, notice, house, system):
    send(office, notice)
    one = receipt(notice, house.here)
    seen = one.version
    one.confirmed_on = TODAY
    write.save(system, register("notice_receipt"), one)
    answer = branch.post(f"/notices/receipts/{one.pk}/", {"reply": "已报送", "version": seen})
    assert answer.status_code == 422 and "刚刚办理过" in answer.content.decode() and "已报送" in answer.content.decode()


def test_a_branch_sees_the_notice_and_its_own_receipt_only(office, branch, notice, house, client_of, grant):
    send(office, notice)
    assert branch.get(f"/r/notice/{notice.pk}/").status_code == 200
    page = branch.get(f"/notices/{notice.pk}/receipts/").content.decode()
    assert house.here.name in page and house.beside.name not in page
    beside = receipt(notice, house.beside)
    for at in (f"/r/notice_receipt/{beside.pk}/", f"/notices/receipts/{beside.pk}/"):
        assert branch.get(at).status_code == 404
    assert branch.get(f"/notices/{notice.pk}/send/").status_code == 403
    assert branch.post(f"/notices/{notice.pk}/receipts/").status_code == 403
    stranger = client_of(grant(house.far, Verb.MANAGE, login="stranger"))
    for at in (f"/r/notice/{notice.pk}/", f"/notices/{notice.pk}/receipts/", f"/notices/{notice.pk}/send/"):
        assert stranger.get(at).status_code == 404


def test_the_file_is_read_by_those_it_went_to(office, branch, notice, house, client_of, grant):
    sent = {"file": SimpleUploadedFile("表.docx", b"content")}
    office.post(f"/notices/{notice.pk}/file/", sent)
    notice.refresh_from_db()
    address = f"/files/{notice.file.token}/"
    assert branch.get(address).status_code == 404
    send(office, notice)
    assert branch.get(address).status_code == 200
    assert client_of(grant(house.far, Verb.MANAGE, login="far")).get(address).status_code == 404


def test_who_has_not_confirmed_is_reminded_once_a_day(office, branch, notice, house):
    send(office, notice)
    before = Reminder.objects.count()
    at = f"/notices/{notice.pk}/receipts/"
    page = office.post(at, follow=True).content.decode()
    assert "已提醒 1 个账号" in page and house.beside.name in page  # beside has no account: it is named
    assert "已经提醒过" in office.post(at, follow=True).content.decode()
    assert Reminder.objects.count() == before + 1
    branch.post(f"/notices/receipts/{receipt(notice, house.here).pk}/", {"reply": "已报送"})
    office.post(at)
    assert Reminder.objects.count() == before + 1


def test_the_last_day_is_reminded_of_by_stages(office, branch, notice):
    send(office, notice)
    moment = datetime.fromisoformat("2026-11-24T10:00+08:00")
    for day in (date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 28), date(2026, 12, 1), date(2026, 12, 2)):
        pages.tell_daily(day, moment)
    assert set(Reminder.objects.values_list("stage", flat=True)) == {"sent", "ten", "three", "late"}


def test_the_days_of_a_notice_go_along(office, notice, house, system):
    send(office, notice)
    notice.refresh_from_db()
    notice.reply_by = date(2026, 12, 4)
    write.save(system, register("notice"), notice)
    assert receipt(notice, house.here).reply_by == date(2026, 12, 4)


def test_counts(office, branch, notice, house):
    send(office, notice)
    where = {"root": house.above.place, "period": periods.parse("2026-11"), "today": TODAY}
    assert (total(indicators()["notices.confirmed"], **where).top, total(indicators()["notices.confirmed"], **where).bottom) == (0, 2)
    branch.post(f"/notices/receipts/{receipt(notice, house.here).pk}/", {"reply": ""})
    assert total(indicators()["notices.confirmed"], **where).top == 1
    assert total(indicators()["notices.sent"], **where).top == 1


def test_agenda_and_hand_over(office, branch, notice, house, grant):
    send(office, notice)
    reader = actor_of(grant(house.here, Verb.SEE, login="reader"), TODAY)
    found = [one.title for one in agenda.entries(reader, date(2026, 11, 1), date(2026, 12, 1))]
    assert any(notice.title in one for one in found)
    assert notice.title in [one.what for title, rows in handover.gather(reader, house.here) for one in rows]


def test_the_list_is_printed_and_exported(office, notice, house):
    send(office, notice)
    page = office.get(f"/r/notice/{notice.pk}/document/receipts.docx")
    assert page.status_code == 200 and page.content[:2] == b"PK"
    assert office.get(f"/r/notice_receipt/export.xlsx?notice={notice.pk}").status_code == 200


@pytest.mark.parametrize("more", [0, 20])
def test_pages_ask_few_questions(office, notice, house, system, more, django_assert_max_num_queries):
    for _n in range(more):
        samples.unit(system, parent=house.above)
    send(office, notice)
    for at in (f"/notices/{notice.pk}/receipts/", f"/notices/{notice.pk}/send/"):
        with django_assert_max_num_queries(20):
            assert office.get(at).status_code == 200
