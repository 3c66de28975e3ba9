"""Classes end to end: who is called, enrolled, what came of it, and where the result goes without being typed again."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from luoshi.engine import samples, write
from luoshi.engine.actor import actor_of
from luoshi.engine.candidates import called
from luoshi.engine.register import register
from luoshi.foundation.grants import EVERY, Verb
from luoshi.foundation.people import Post
from luoshi.registers.training.forms import candidates_of
from luoshi.registers.training.models import Enrolment, Kind, Lesson
from luoshi.registers.training.rules import FIVE_YEARS


def a_class(house, system, **more):
    return samples.saved(register("training_class"), house.root, system, name=more.pop("name", "第一期培训班"),
                         **{"state": "open", **more})


def official(house, system, unit=None, **more):
    person = samples.person(unit or house.here, **more)
    samples.saved(register("position"), unit or house.here, system, person=person, post=Post.OFFICIAL, since=date(2020, 1, 1))
    return person


def finished(person, training, system, **more):
    return samples.saved(register("enrolment"), person.unit, system, person=person, training=training, leave_hours=0,
                         **{"hours": training.hours, "result": "completed", "certificate": f"c-{person.pk}-{training.pk}", **more})


@pytest.fixture
def office(house, grant, client_of):
    return client_of(grant(house.root, Verb.MANAGE, EVERY))


@pytest.fixture
def activist(house, system):
    """A case whose person is an activist since last year."""
    talker = samples.person(house.here)
    samples.saved(register("position"), house.here, system, person=talker, post=Post.MEMBER, since=date(2015, 1, 1))
    return samples.saved(register("development"), house.here, system, applied_on=date(2025, 3, 2), talked_on=date(2025, 3, 10),
                         talked_by=talker, activist_on=date(2025, 9, 10), recommended="members")


def test_officials_are_called_in_the_order_of_what_they_owe(house, system):
    never, lately, done = official(house, system), official(house, system), official(house, system)
    old = a_class(house, system, name="旧班", kind=Kind.ROTATION, starts_on=date(2025, 3, 3), ends_on=date(2025, 3, 7), hours=40, days=5)
    long = a_class(house, system, name="长班", kind=Kind.SCHOOL, starts_on=date(2024, 3, 4), ends_on=date(2024, 6, 28), hours=560, days=116)
    finished(lately, old, system)
    finished(done, long, system)
    training = a_class(house, system, kind=Kind.ROTATION)
    found = candidates_of(training, system)
    assert [(one.person, one.owed, one.trained) for one in found] == [(never, 550, False), (lately, 510, False), (done, 0, True)]
    assert FIVE_YEARS[0] <= old.ends_on <= FIVE_YEARS[1]


def test_a_new_secretary_is_said_to_be_new(house, system):
    a_class(house, system, name="上期", kind=Kind.SECRETARY, starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 4))
    for since in (date(2024, 1, 1), date(2026, 5, 1)):
        samples.saved(register("position"), house.here, system, person=samples.person(house.here), post=Post.SECRETARY, since=since)
    training = a_class(house, system, kind=Kind.SECRETARY, starts_on=date(2026, 11, 2), ends_on=date(2026, 11, 4))
    assert sorted((one.since, one.new) for one in candidates_of(training, system)) == [(date(2024, 1, 1), False), (date(2026, 5, 1), True)]


def test_a_press_enrols_as_many_as_there_are_seats_and_a_second_press_nobody_twice(house, system, office):
    for _n in range(3):
        official(house, system)
    training = a_class(house, system, kind=Kind.ROTATION, seats=2)
    address = f"/training/classes/{training.pk}/"
    page = office.post(address, {"do": "all"}, follow=True).content.decode()
    assert "已报名 2 人" in page and "名额只剩 2 个" in page
    office.post(address, {"do": "all"})
    assert Enrolment.objects.count() == 2
    with pytest.raises(ValidationError, match="名额已满"):
        samples.saved(register("enrolment"), house.here, system, training=training)


def test_activists_flow_in_and_their_result_flows_back(house, system, office, activist):
    training = a_class(house, system, kind=Kind.ACTIVIST, ends_on=system.today - timedelta(days=1), hours=24)
    assert [one.person for one in candidates_of(training, system)] == [activist.person]
    office.post(f"/training/classes/{training.pk}/", {"person": activist.person.pk, "do": "chosen"})
    (row,) = Enrolment.objects.all()
    page = office.get(f"/training/classes/{training.pk}/results/").content.decode()
    assert f'name="hours-{row.pk}" value="24"' in page, "the hours of the class are filled in"
    office.post(f"/training/classes/{training.pk}/results/", {
        f"hours-{row.pk}": "24", f"leave-{row.pk}": "0", f"result-{row.pk}": "completed", f"version-{row.pk}": row.version})
    row.refresh_from_db()
    activist.refresh_from_db()
    assert row.certificate == f"{training.ends_on.year}-{training.pk:04d}-001"
    assert (activist.class_on, activist.class_hours, activist.class_paper) == (training.ends_on, 24, row.certificate)
    timeline = office.get(f"/membership/development/{activist.pk}/").content.decode()
    assert row.certificate in timeline
    write.withdraw(system, register("enrolment"), row, reason="重复登记")
    activist.refresh_from_db()
    assert (activist.class_on, activist.class_hours, activist.class_paper) == (None, None, "")


def test_another_result_takes_the_file_back_and_a_foreign_certificate_stays(house, system, activist):
    training = a_class(house, system, kind=Kind.ACTIVIST)
    row = finished(activist.person, training, system)
    activist.refresh_from_db()
    assert activist.class_paper == row.certificate
    other = finished(activist.person, a_class(house, system, name="第二期", kind=Kind.ACTIVIST), system)
    row.result, row.certificate = "incomplete", ""
    write.save(system, register("enrolment"), row)
    activist.refresh_from_db()
    assert activist.class_paper == other.certificate


def test_a_class_of_another_time_or_an_older_one_is_not_written_into_the_file(house, system, activist):
    before = a_class(house, system, name="确定之前", kind=Kind.ACTIVIST, starts_on=date(2025, 6, 1), ends_on=date(2025, 6, 3))
    finished(activist.person, before, system)
    activist.refresh_from_db()
    assert activist.class_on is None
    new, old = (a_class(house, system, name=f"{month}月班", kind=Kind.ACTIVIST, starts_on=date(2026, month, 1),
                        ends_on=date(2026, month, 3)) for month in (6, 4))
    row = finished(activist.person, new, system)
    finished(activist.person, old, system)
    activist.refresh_from_db()
    assert (activist.class_on, activist.class_paper) == (date(2026, 6, 3), row.certificate)


def test_a_result_that_the_file_cannot_hold_is_not_stored(house, system, activist, office, monkeypatch):
    training = a_class(house, system, kind=Kind.ACTIVIST)
    row = samples.saved(register("enrolment"), house.here, system, training=training, person=activist.person, hours=None, leave_hours=0)
    monkeypatch.setattr(register("development").model, "problems", lambda _self, **_more: [("class_on", "日期不合")])
    answer = office.post(f"/training/classes/{training.pk}/results/", {
        f"hours-{row.pk}": "24", f"leave-{row.pk}": "0", f"result-{row.pk}": "completed", f"version-{row.pk}": row.version})
    assert answer.status_code == 422 and "不能写入发展党员档案：日期不合" in answer.content.decode()
    row.refresh_from_db()
    assert (row.result, row.certificate) == ("enrolled", "")


def test_wrong_numbers_and_too_much_leave_are_said_and_nothing_is_stored(house, system, office):
    training = a_class(house, system, kind=Kind.OTHER, away=True, hours=24)
    rows = [samples.saved(register("enrolment"), house.here, system, training=training, hours=None, leave_hours=0) for _n in range(2)]
    sent = {f"result-{one.pk}": "completed" for one in rows} | {f"version-{one.pk}": one.version for one in rows}
    address = f"/training/classes/{training.pk}/results/"
    for hours, leave, words in (("24", "二", "不是整数"), ("20", "4", "七分之一"), ("30", "0", "多于培训班的学时")):
        answer = office.post(address, {**sent, f"hours-{rows[0].pk}": "24", f"leave-{rows[0].pk}": "0",
                                       f"hours-{rows[1].pk}": hours, f"leave-{rows[1].pk}": leave})
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not Enrolment.objects.filter(result="completed").exists()


def test_a_stranger_finds_neither_class_nor_results(house, system, grant, client_of):
    training = a_class(house, system, state="draft")
    client = client_of(grant(house.far, Verb.MANAGE, EVERY))
    assert client.get(f"/training/classes/{training.pk}/").status_code == 404
    opened = a_class(house, system, name="开放的班")
    assert client.get(f"/training/classes/{opened.pk}/").status_code == 200, "a class that calls people is seen by all"
    assert client.get(f"/training/classes/{opened.pk}/results/").status_code == 403
    assert client.get(f"/training/classes/{training.pk}/results/").status_code == 404


def test_a_branch_sees_and_enrols_its_own_only(house, system, grant, client_of, activist):
    official(house, system, unit=house.far)
    mine = official(house, system)
    training = a_class(house, system, kind=Kind.ROTATION)
    account = grant(house.here, Verb.MANAGE, EVERY)
    assert [one.person for one in candidates_of(training, actor_of(account, system.today))] == [mine]
    client_of(account).post(f"/training/classes/{training.pk}/", {"do": "all"})
    assert [one.person for one in Enrolment.objects.all()] == [mine]
    assert called("activists", actor_of(grant(house.far, Verb.MANAGE, EVERY), system.today)) == {}


def test_lessons_do_not_share_a_teacher_or_a_room(house, system):
    one = register("training_class")
    course, teacher = (samples.saved(register(name), house.root, system) for name in ("course", "teacher"))
    day = system.today - timedelta(days=4)
    lesson = lambda **more: Lesson(**{"day": day, "begins": time(9), "ends": time(11), "course": course, "teacher": teacher, **more})  # noqa: E731
    write.save(system, one, samples.row(one, house.root, system, name="甲班"), lines={"lessons": [lesson()]})
    with pytest.raises(ValidationError, match="同一位教师"):
        write.save(system, one, samples.row(one, house.root, system, name="乙班"), lines={"lessons": [lesson(begins=time(10))]})
    with pytest.raises(ValidationError, match="结束时间应晚于"):
        write.save(system, one, samples.row(one, house.root, system, name="丙班"), lines={"lessons": [lesson(ends=time(8), teacher=None)]})
    write.save(system, one, samples.row(one, house.root, system, name="丁班"), lines={"lessons": [lesson(begins=time(11), ends=time(12))]})


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_ask_as_much_for_one_as_for_thirty(count, house, system, office, django_assert_max_num_queries):
    training = a_class(house, system, kind=Kind.ROTATION)
    for _n in range(count):
        finished(official(house, system), training, system)
        official(house, system)
    for address in (f"/training/classes/{training.pk}/", f"/training/classes/{training.pk}/results/", "/training/officials/"):
        office.get(address)
        with django_assert_max_num_queries(16):
            assert office.get(address).status_code == 200
    assert office.get("/training/officials/?as=xlsx").content[:2] == b"PK"


def test_papers(house, system, office):
    training = a_class(house, system, kind=Kind.ROTATION, content="第一讲\n第二讲")
    row = finished(official(house, system, name="王远"), training, system)
    for name in ("notice", "signing", "table"):
        assert office.get(reverse("document", args=["training_class", training.pk, name, "docx"])).status_code == 200
    assert office.get(reverse("document", args=["enrolment", row.pk, "certificate", "docx"])).status_code == 200


def test_ones_own_page_shows_hours_of_classes_and_study_and_what_is_owed(house, system, grant, client_of):
    account = grant(house.here, Verb.SEE, "meeting")
    account.person = person = samples.person(house.here)
    account.save()
    samples.saved(register("position"), house.here, system, person=person, post=Post.MEMBER, since=date(2024, 1, 1))
    page = client_of(account).get("/me/").content.decode()
    assert "尚欠 32 学时" in page
    finished(person, a_class(house, system, name="党员班", kind=Kind.MEMBER, hours=24), system)
    for topic, hours, away in (("同去的学习", "2.5", False), ("缺席的学习", "3", True)):
        absent = [register("study").model.absences.rel.related_model(person=person)] if away else []
        one = register("study")
        row = samples.row(one, house.here, system, topic=topic, hours=Decimal(hours))
        write.save(system, one, row, lines={"absences": absent})
    samples.saved(register("study"), house.far, system, topic="别处的学习", hours=Decimal(4))
    page = client_of(account).get("/me/").content.decode()
    assert "已有 26.5 学时" in page and "尚欠 5.5 学时" in page and "同去的学习" in page
    assert "缺席的学习" not in page and "别处的学习" not in page
