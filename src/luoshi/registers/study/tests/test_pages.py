"""Study through its pages: planned, recorded, made up, checked against criteria, handed in, talked over."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.engine import handover, samples, write
from luoshi.engine.documents.text import plain_text as to_text
from luoshi.engine.indicators import indicators, total
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Post
from luoshi.kernel import periods
from luoshi.kernel.shares import Share
from luoshi.registers.study.documents import booklet, naming_list
from luoshi.registers.study.models import (
    Check,
    Criterion,
    Digest,
    Entry,
    GroupMember,
    Review,
    StudySession,
    Timetable,
    TopicPost,
)

TODAY = date(2026, 11, 23)
YEAR = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}


def count(name: str, root) -> Share:
    return total(indicators()[name], root=root.place, period=periods.year(TODAY), today=TODAY)


@pytest.fixture
def secretary(house, grant, client_of):
    return client_of(grant(house.here, Verb.MANAGE))


@pytest.fixture
def office(house, grant, client_of):
    return client_of(grant(house.root, Verb.MANAGE))


@pytest.fixture
def timetable(house, system):
    return write.save(system, register("timetable"), Timetable(
        unit=house.here, frequency="monthly", weekday=5, nth=2, **YEAR))


@pytest.fixture
def planned(timetable, secretary):
    secretary.post(f"/study/timetables/{timetable.pk}/")
    return {one.planned_on: one for one in StudySession.objects.all()}


def test_a_timetable_makes_its_sessions_once(timetable, secretary):
    address = f"/study/timetables/{timetable.pk}/"
    assert "生成 12 次计划学习" in secretary.get(address).content.decode()
    assert secretary.post(address).status_code == 302
    assert secretary.post(address).status_code == 302
    assert StudySession.objects.count() == 12


def test_recording_a_planned_session_takes_all_as_present_but_the_exceptions(planned, house, system, secretary):
    people = [samples.person(house.here) for _n in range(4)]
    for one in people:
        samples.saved(register("position"), house.here, system, person=one, post=Post.MEMBER, since=date(2020, 1, 1))
    row = planned[date(2026, 11, 13)]
    address = f"/study/record/{row.pk}/"
    assert "共 4 人" in secretary.get(address).content.decode()
    sent = {"held_on": "2026-11-13", "topic": "学习年度工作要点", "expected": "4", "present": "", "hours": "2",
            "away": people[0].pk, f"reason-{people[0].pk}": "travel", "version": row.version}
    assert secretary.post(address, sent).status_code == 302
    row.refresh_from_db()
    assert (row.present, row.timely, row.absences.get().reason) == (3, True, "travel")
    stale = secretary.post(address, {**sent, "topic": "另一主题"})
    assert stale.status_code == 422
    assert "另一主题" in stale.content.decode()


def test_a_session_without_a_topic_is_refused_and_keeps_what_was_typed(planned, secretary):
    row = planned[date(2026, 11, 13)]
    answer = secretary.post(f"/study/record/{row.pk}/", {"held_on": "2026-11-13", "topic": "", "expected": "4",
                                                         "venue": "小会议室", "version": row.version})
    assert answer.status_code == 422
    assert "请填写学习主题" in answer.content.decode()
    assert "小会议室" in answer.content.decode()


def test_a_session_held_late_or_made_up_is_not_on_time(planned, house, system):
    door = register("study")
    on_time, late, missed = (planned[date(2026, n, day)] for n, day in ((1, 9), (3, 13), (4, 10)))
    for row, day in ((on_time, date(2026, 1, 9)), (late, date(2026, 3, 20))):
        row.held_on, row.topic, row.expected, row.present = day, "学习", 5, 5
        write.save(system, door, row)
    write.save(system, door, StudySession(unit=house.here, held_on=date(2026, 4, 17), topic="补学", expected=5, present=5,
                                          makes_up=missed))
    fallen = sum(1 for day in planned if day < TODAY)
    assert count("study.on_time", house.root) == Share(1, fallen)
    assert count("study.made_up", house.root) == Share(1)
    assert count("study.held", house.root) == Share(3)


def test_a_double_click_records_a_session_once(house, secretary):
    sent = {"unit": house.here.pk, "held_on": "2026-11-20", "topic": "学习", "expected": "4", "present": "4", "key": "k"}
    assert secretary.post("/study/record/", sent).status_code == 302
    assert secretary.post("/study/record/", sent).status_code == 302
    assert StudySession.objects.count() == 1


def test_a_timetable_is_used_for_the_other_branches(timetable, house, office):
    page = office.get(f"/study/timetables/{timetable.pk}/copy/").content.decode()
    assert house.beside.name in page
    assert house.far.name not in page
    assert office.post(f"/study/timetables/{timetable.pk}/copy/", {"unit": []}).status_code == 422
    assert office.post(f"/study/timetables/{timetable.pk}/copy/", {"unit": [house.beside.pk]}).status_code == 302
    assert StudySession.objects.filter(unit=house.beside).count() == 12


def test_the_plan_table_shows_each_branch_and_no_foreign_one(planned, house, secretary, office):
    assert "未办" in office.get("/study/plan/").content.decode()
    own = secretary.get("/study/plan/").content.decode()
    assert house.here.name in own
    assert house.beside.name not in own


@pytest.fixture
def campaign(house, system):
    row = samples.row(register("learning"), house.root, system, state="open", **YEAR)
    return write.save(system, register("learning"), row, lines={"criteria": [
        Criterion(text="集中学习不少于 1 次", measure="study.held", need="at_least", threshold=1),
        Criterion(text="集中学习职责全部完成", measure="duty:study.quarterly", need="all", threshold=0)]})


def study(system, unit, *days) -> None:
    for day in days:
        write.save(system, register("study"), StudySession(unit=unit, held_on=day, topic=f"学习{day}", expected=3, present=3))


def test_a_branch_checks_itself_by_its_own_records(campaign, house, system, secretary):
    study(system, house.here, date(2026, 2, 6))
    address = f"/study/learning/{campaign.pk}/check/"
    page = secretary.get(address).content.decode()
    assert "共 2 项标准，达到 1 项" in page
    assert secretary.post(address, {"unit": house.here.pk, "remark": "继续补齐"}).status_code == 302
    check = Check.objects.get()
    assert (check.reached, check.criteria, check.meets) == (1, 2, False)
    study(system, house.here, date(2026, 5, 8), date(2026, 8, 7), date(2026, 11, 6))
    assert secretary.post(address, {"unit": house.here.pk, "version": check.version}).status_code == 302
    check.refresh_from_db()
    assert check.meets
    part = count("study.learning", house.above)
    assert part.top == 1
    assert part.bottom > 1


def test_the_naming_list_holds_branches_that_meet_and_were_confirmed_in_tree_order(campaign, house, system, office):
    visitor = samples.person(house.root)
    for unit in (house.far, house.beside, house.here):
        samples.saved(register("learning_check"), unit, system, campaign=campaign, meets=unit != house.beside)
    for unit in (house.far, house.here):
        write.save(system, register("learning_review"), Review(
            unit=unit, campaign=campaign, visited_on=TODAY, visitor=visitor, result="一致", confirmed=True))
    text = to_text(naming_list(campaign, system))
    assert text.index(house.here.name) < text.index(house.far.name)
    assert house.beside.name not in text
    assert office.get(f"/study/learning/{campaign.pk}/").status_code == 200


def test_a_branch_hands_in_an_entry_with_a_file_and_the_booklet_holds_it(house, system, secretary, office):
    call = samples.saved(register("exchange"), house.root, system, state="open", name="春季交流")
    page = secretary.get(f"/study/exchanges/{call.pk}/").content.decode()
    assert house.here.name in page
    sent = {"unit": house.here.pk, "exchange": call.pk, "title": "领学的组织方法", "author": "林知远", "reading": "waiting",
            "received_on": "2026-11-23", "abstract": "第一段。"}
    assert secretary.post("/r/exchange_entry/new/", sent).status_code == 302
    entry = Entry.objects.get()
    address = f"/study/entries/{entry.pk}/file/"
    assert secretary.post(address, {"file": SimpleUploadedFile("a.exe", b"x")}).status_code == 422
    assert secretary.post(address, {"file": SimpleUploadedFile("做法.docx", b"words")}).status_code == 302
    entry.refresh_from_db()
    assert b"".join(secretary.get(f"/files/{entry.file.token}/").streaming_content) == b"words"
    assert "领学的组织方法" not in to_text(booklet(call, system))
    entry.reading = "accepted"
    write.save(system, register("exchange_entry"), entry)
    assert to_text(booklet(call, system)).count("领学的组织方法") == 2
    missing = office.get(f"/study/exchanges/{call.pk}/").content.decode().split("未提交成果的支部")[1]
    assert house.beside.name in missing
    assert f"<li>{house.here.name}</li>" not in missing


def test_members_of_a_group_talk_and_others_do_not(house, system, grant, client_of):
    inside, outside = grant(house.here, Verb.SEE, "meeting"), grant(house.here, Verb.SEE)
    for account in (inside, outside):
        account.person = samples.person(house.here)
        account.save()
    group = samples.row(register("topic_group"), house.root, system, convener=inside.person)
    write.save(system, register("topic_group"), group, lines={"members": [GroupMember(person=samples.person(house.far))]})
    member, stranger = client_of(inside), client_of(outside)
    address = f"/study/groups/{group.pk}/"
    assert stranger.get(address).status_code == 404
    assert member.post(address, {"text": "先列出现在的做法", "key": "k"}).status_code == 302
    assert member.post(address, {"text": "先列出现在的做法", "key": "k"}).status_code == 302
    assert TopicPost.objects.count() == 1
    assert member.post(address, {"text": "  ", "key": "k2"}).status_code == 422
    assert member.post(address, {"do": "digest", "year": "2026", "quarter": "3", "text": "综述", "key": "d"}).status_code == 302
    assert Digest.objects.get().title == group.topic
    assert count("study.digests", house.root) == Share(1)
    assert "先列出现在的做法" in member.get(address).content.decode()


def test_what_is_to_be_recorded_waits_on_the_first_screen_and_in_a_hand_over(planned, house, system, secretary):
    assert "待登记的计划学习" in secretary.get("/waiting/").content.decode()
    row = planned[date(2026, 11, 13)]
    assert f"/study/record/{row.pk}/" in secretary.get("/waiting/").content.decode()
    row.held_on, row.topic, row.expected, row.present = date(2026, 11, 13), "学习", 5, 5
    write.save(system, register("study"), row)
    assert f"/study/record/{row.pk}/" not in secretary.get("/waiting/").content.decode()
    blocks = dict(handover.gather(system, house.here))
    assert [one.url for one in blocks["未登记的计划学习"]] == [
        f"/r/study/{planned[day].pk}/" for day in sorted(planned) if date(2026, 8, 23) <= day <= date(2026, 11, 12)]


@pytest.mark.parametrize("n", [1, 30])
def test_pages_cost_the_same_for_one_row_and_for_thirty(n, house, system, office, django_assert_max_num_queries):
    call = samples.saved(register("exchange"), house.root, system, state="open")
    drive = samples.saved(register("learning"), house.root, system, state="open")
    group = samples.saved(register("topic_group"), house.root, system)
    for i in range(n):
        unit = samples.unit(system, parent=house.above)
        samples.saved(register("timetable"), unit, system)
        samples.saved(register("exchange_entry"), unit, system, exchange=call)
        samples.saved(register("learning_check"), unit, system, campaign=drive)
        samples.saved(register("topic_post"), house.root, system, group=group, author=group.convener, text=f"第{i}条")
    for address in ("/study/plan/", f"/study/exchanges/{call.pk}/", f"/study/learning/{drive.pk}/",
                    f"/study/groups/{group.pk}/"):
        with django_assert_max_num_queries(20):
            assert office.get(address).status_code == 200
