"""What is kept with a meeting in one submission: tasks, how earlier ones ended, papers; all of it or nothing."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.engine import samples, write
from luoshi.engine.indicators import indicators, total
from luoshi.engine.register import register
from luoshi.foundation.files import StoredFile
from luoshi.foundation.grants import Verb
from luoshi.foundation.trail import Line
from luoshi.kernel import periods
from luoshi.registers.meetings.models import Meeting, MeetingPaper, MeetingTask

ADDRESS = "/meetings/record/"
TODAY = date(2026, 11, 23)


@pytest.fixture
def owner(house):
    return samples.person(house.here, "林知远")


@pytest.fixture
def clerk(house, grant, client_of):
    return client_of(grant(house.here, Verb.MANAGE))


def sent(house, **more) -> dict:
    return {"unit": house.here.pk, "kind": "members", "held_on": "2026-11-20", "topic": "讨论年度计划", "expected": "9", "present": "",
            "key": "k1", **more}


def task(owner, title="起草总结", due="2026-12-10", n=0) -> dict:
    return {f"tasks-{n}-title": title, f"tasks-{n}-owner": owner.pk, f"tasks-{n}-due_on": due}


def test_tasks_are_kept_with_the_meeting_and_its_day(house, owner, clerk):
    assert clerk.post(ADDRESS, sent(house, **task(owner), **task(owner, "通知支委", n=1), **{"tasks-2-title": ""})).status_code == 302
    rows = list(MeetingTask.objects.order_by("id"))
    assert [(one.title, one.owner, one.set_on, one.unit) for one in rows] == [
        ("起草总结", owner, date(2026, 11, 20), house.here), ("通知支委", owner, date(2026, 11, 20), house.here)]
    assert Line.objects.filter(register="meeting_task", verb="add").count() == 2


@pytest.mark.parametrize(("more", "said"), [
    ({"due": "2026-11-01"}, "办理期限不能早于会议日期"), ({"title": ""}, "请填写交办事项")])
def test_a_task_that_is_wrong_keeps_nothing_and_everything_typed(house, owner, clerk, more, said):
    answer = clerk.post(ADDRESS, sent(house, decisions="同意", **task(owner, **more)))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page and "同意" in page
    assert not Meeting.objects.exists() and not MeetingTask.objects.exists()


def test_a_double_click_keeps_each_task_once(house, owner, clerk):
    for _n in range(2):
        assert clerk.post(ADDRESS, sent(house, **task(owner))).status_code == 302
    assert (Meeting.objects.count(), MeetingTask.objects.count()) == (1, 1)


def test_the_next_meeting_offers_open_tasks_and_closes_them_with_what_is_typed(house, owner, clerk, system):
    clerk.post(ADDRESS, sent(house, **task(owner), **task(owner, "联系场地", n=1)))
    done, left = MeetingTask.objects.order_by("id")
    page = clerk.get(ADDRESS).content.decode()
    assert f'name="done-{done.pk}"' in page and "起草总结（林知远，2026-12-10）" in page
    clerk.post(ADDRESS, sent(house, key="k2", held_on="2026-11-23", topic="听取汇报", **{f"done-{done.pk}": "已报送"}))
    done.refresh_from_db()
    left.refresh_from_db()
    assert (done.closed_on, done.result, left.closed_on) == (date(2026, 11, 23), "已报送", None)
    share = total(indicators()["meetings.tasks_closed"], root=house.root.place, period=periods.year(2026), today=TODAY)
    assert (share.top, share.bottom) == (1, 2)
    assert f'name="done-{done.pk}"' not in clerk.get(ADDRESS).content.decode()


def test_nobody_closes_tasks_of_another_unit(house, owner, clerk, system, grant, client_of):
    clerk.post(ADDRESS, sent(house, **task(owner)))
    row = MeetingTask.objects.get()
    neighbour = client_of(grant(house.beside, Verb.MANAGE))
    neighbour.post(ADDRESS, sent(house, unit=house.beside.pk, **{f"done-{row.pk}": "已办"}))
    row.refresh_from_db()
    assert row.closed_on is None
    assert neighbour.get(f"/r/meeting_task/{row.pk}/").status_code == 404


def test_the_owner_finds_the_task_with_a_grant_elsewhere(house, owner, clerk, grant, client_of):
    clerk.post(ADDRESS, sent(house, **task(owner, due="2026-11-25")))
    row = MeetingTask.objects.get()
    account = grant(house.beside, Verb.SEE)
    account.person = owner
    account.save()
    page = client_of(account)
    assert page.get(f"/r/meeting_task/{row.pk}/").status_code == 200
    assert page.post(f"/r/meeting_task/{row.pk}/edit/", {"title": "改"}).status_code in (403, 404)


def test_papers_are_kept_with_the_meeting_and_read_only_through_it(house, clerk, grant, client_of):
    papers = [SimpleUploadedFile("工作总结.docx", b"one"), SimpleUploadedFile("预算.pdf", b"two")]
    assert clerk.post(ADDRESS, sent(house, papers=papers)).status_code == 302
    rows = list(MeetingPaper.objects.order_by("id"))
    assert [(one.title, one.file.name) for one in rows] == [("工作总结", "工作总结.docx"), ("预算", "预算.pdf")]
    page = clerk.get(f"/meetings/{Meeting.objects.get().pk}/").content.decode()
    assert "工作总结" in page and f"/files/{rows[0].file.token}" in page
    assert b"".join(clerk.get(f"/files/{rows[0].file.token}/").streaming_content) == b"one"
    assert client_of(grant(house.beside, Verb.MANAGE)).get(f"/files/{rows[0].file.token}/").status_code == 404


def test_a_picture_is_not_taken_and_nothing_is_lost(house, owner, clerk):
    answer = clerk.post(ADDRESS, sent(house, papers=[SimpleUploadedFile("现场.jpg", b"x")], **task(owner)))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "现场.jpg：不支持这种文件" in page and "起草总结" in page
    assert not Meeting.objects.exists() and not StoredFile.objects.exists()


def test_without_script_a_line_more_is_drawn_and_nothing_is_kept(house, owner, clerk):
    answer = clerk.post(ADDRESS, sent(house, do="add-tasks", **task(owner)))
    assert answer.status_code == 200
    assert 'name="tasks-1-title"' in answer.content.decode()
    assert not Meeting.objects.exists()


def test_tasks_and_papers_go_where_a_corrected_meeting_goes(house, owner, clerk, system):
    clerk.post(ADDRESS, sent(house, papers=[SimpleUploadedFile("总结.docx", b"one")], **task(owner)))
    row = Meeting.objects.get()
    row.held_on = date(2026, 11, 18)
    write.save(system, register("meeting"), row)
    assert MeetingTask.objects.get().set_on == date(2026, 11, 18)
    row.unit = house.beside
    write.save(system, register("meeting"), row)
    assert MeetingTask.objects.get().unit == house.beside == MeetingPaper.objects.get().unit
    write.withdraw(system, register("meeting"), row, reason="重复登记")
    assert not register("meeting_task").rows(system).exists()
