"""Meetings called before they are held: planned, shown, recorded or called off; only what was held counts."""

import re
from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from luoshi.engine import agenda, handover, write
from luoshi.engine.actor import actor_of
from luoshi.engine.duties import duties, lamps
from luoshi.engine.indicators import indicators, total
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Position, Post
from luoshi.foundation.units import Unit
from luoshi.kernel import periods
from luoshi.registers.meetings.models import Kind, Meeting, Vote

TODAY = date(2026, 11, 23)


def plan(system, unit, day=date(2026, 11, 27), **more) -> Meeting:
    values = {"kind": Kind.THEME_DAY, "topic": "参观学习", "planned_on": day, "starts": time(14, 30), "venue": "一楼大厅", **more}
    return write.save(system, register("meeting"), Meeting(unit=unit, **values))


@pytest.fixture
def clerk(house, grant):
    return grant(house.here, Verb.MANAGE)


def test_a_planned_meeting_is_kept_without_numbers_and_counts_nowhere(house, system):
    row = plan(system, house.here)
    assert (row.day, row.held_on, row.present) == (date(2026, 11, 27), None, None)
    assert row.state(TODAY) == "soon"
    assert total(indicators()["meetings.theme_day"], root=house.root.place, period=periods.year(2026), today=TODAY).top == 0
    found = lamps([duties()["life.theme_day"]], root=house.here.place, periods=[periods.month(TODAY)], today=TODAY)
    assert found[house.here.pk]["life.theme_day", "2026-11"].state == "soon"


@pytest.mark.parametrize(("more", "field"), [
    ({"planned_on": None}, "held_on"),
    ({"held_on": TODAY}, "expected"),
    ({"held_on": TODAY, "expected": 3, "present": 3, "called_off": "场地冲突"}, "called_off"),
])
def test_what_is_refused(house, system, more, field):
    with pytest.raises(ValidationError) as refused:
        plan(system, house.here, **more)
    assert list(refused.value.message_dict) == [field]


def test_without_any_day_the_form_says_what_to_fill_in(house, client_of, clerk):
    answer = client_of(clerk).post("/r/meeting/new/", {"unit": house.here.pk, "kind": "members", "topic": "讨论", "key": "k"})
    assert answer.status_code == 422
    assert "请填写会议日期；尚未召开的填写计划日期" in answer.content.decode()


def test_the_same_meeting_is_not_planned_twice_but_may_be_after_it_was_held(house, system):
    row = plan(system, house.here)
    with pytest.raises(ValidationError):
        plan(system, house.here)
    row.held_on, row.expected, row.present = TODAY, 3, 3
    write.save(system, register("meeting"), row)
    assert plan(system, house.here).pk != row.pk


def test_it_is_recorded_on_the_page_that_knows_what_was_planned(house, system, client_of, clerk):
    row = plan(system, house.here, day=date(2026, 11, 20), agenda="一、学习\n二、讨论")
    page = client_of(clerk).get(f"/meetings/record/{row.pk}/").content.decode()
    assert "计划日期：2026-11-20" in page
    for name, value in (("topic", "参观学习"), ("venue", "一楼大厅"), ("held_on", "2026-11-20"), ("starts", "14:30")):
        assert re.search(rf'name="{name}"[^>]* value="{value}"', page), name
    assert "二、讨论" in page
    answer = client_of(clerk).post(f"/meetings/record/{row.pk}/", {
        "kind": "theme_day", "held_on": "2026-11-20", "topic": "参观学习", "expected": "5", "present": "", "version": row.version,
        "key": "k"})
    assert answer.status_code == 302
    kept = Meeting.objects.get()
    assert (kept.planned_on, kept.held_on, kept.present) == (date(2026, 11, 20), date(2026, 11, 20), 5)
    assert kept.state(TODAY) == "ok"
    assert total(indicators()["meetings.as_planned"], root=house.root.place, period=periods.year(2026), today=TODAY).top == 1


def test_a_duty_leads_to_the_meeting_planned_for_it(house, system, client_of, clerk):
    row, address = plan(system, house.here), f"/meetings/record/?kind=theme_day&unit={house.here.code}"
    assert client_of(clerk).get(address)["Location"] == f"/meetings/record/{row.pk}/"
    assert client_of(clerk).get("/meetings/record/").status_code == 200, "another one can still be recorded"
    assert client_of(clerk).get(address.replace("theme_day", "members")).status_code == 200
    row.called_off = "场地冲突"
    write.save(system, register("meeting"), row)
    assert client_of(clerk).get(address).status_code == 200


def test_two_editors_of_one_plan_are_told(house, system, client_of, clerk):
    row = plan(system, house.here, day=date(2026, 11, 20))
    sent = {"kind": "theme_day", "held_on": "2026-11-20", "topic": "参观学习", "expected": "5", "version": row.version}
    assert client_of(clerk).post(f"/meetings/record/{row.pk}/", {**sent, "key": "k1"}).status_code == 302
    answer = client_of(clerk).post(f"/meetings/record/{row.pk}/", {**sent, "key": "k2", "topic": "另一主题"})
    assert answer.status_code == 422
    assert "其他人刚刚修改过这次会议" in answer.content.decode()
    assert Meeting.objects.get().topic == "参观学习"


def test_one_called_off_leaves_agenda_first_screen_and_hand_over(house, system, client_of, clerk):
    row = plan(system, house.here)
    reader = actor_of(clerk, TODAY)

    def shown() -> list[bool]:
        entries = agenda.entries(reader, date(2026, 11, 1), date(2026, 11, 30))
        handed = [one.what for _title, rows in handover.gather(reader, house.here) for one in rows]
        return [any("参观学习" in one.title for one in entries), "参观学习" in client_of(clerk).get("/waiting/").content.decode(),
                any("参观学习" in what for what in handed)]

    assert shown() == [True, True, True]
    row.called_off = "场地冲突"
    write.save(system, register("meeting"), row)
    assert shown() == [False, False, False]
    assert row.state(TODAY) == "waived"


def test_the_rest_of_the_year_is_planned_in_one_go_and_only_once(house, client_of, clerk):
    page = client_of(clerk)
    shown = page.get("/meetings/plan/").content.decode()
    assert "支部工作条例 第十六条" in shown
    assert page.post("/meetings/plan/", {"do": "preview", "use-theme_day": "on"}).status_code == 200
    assert not Meeting.objects.exists()
    sent = {"do": "make", "use-theme_day": "on", "nth-theme_day": "2", "weekday-theme_day": "3", "starts-theme_day": "15:00",
            "use-members": "on", "month-members": "3", "nth-members": "5", "weekday-members": "5", "venue": "二楼会议室"}
    assert page.post("/meetings/plan/", sent).status_code == 302
    rows = {(row.kind, row.planned_on) for row in Meeting.objects.filter(unit=house.here)}
    # November's second Wednesday has passed: its last working day; December's is the ninth.
    assert rows == {("theme_day", date(2026, 11, 30)), ("theme_day", date(2026, 12, 9)), ("members", date(2026, 12, 25))}
    assert set(Meeting.objects.values_list("venue", "starts")) == {("二楼会议室", time(15)), ("二楼会议室", time(14, 30))}
    page.post("/meetings/plan/", sent)
    assert Meeting.objects.count() == 3


def test_what_was_held_or_is_not_owed_is_not_planned(house, system, client_of, clerk):
    write.save(system, register("meeting"), Meeting(unit=house.here, kind="members", held_on=date(2026, 10, 9), topic="已开",
                                                    expected=3, present=3))
    page = client_of(clerk).get("/meetings/plan/").content.decode()
    assert 'name="use-theme_day"' in page
    assert 'name="use-members"' not in page
    assert 'name="use-committee"' not in page, "fewer than seven members owe no committee meetings"


def test_nobody_plans_or_records_for_others(house, system, grant, client_of):
    row = plan(system, house.here)
    stranger = client_of(grant(house.beside, Verb.MANAGE))
    assert stranger.get(f"/meetings/record/{row.pk}/").status_code == 404
    assert stranger.get(f"/meetings/{row.pk}/").status_code == 404
    stranger.post(f"/meetings/plan/?unit={house.here.code}", {"do": "make", "use-theme_day": "on"})
    assert not Meeting.objects.filter(unit=house.here).exclude(pk=row.pk).exists()
    reader = client_of(grant(house.here, Verb.SEE))
    assert reader.get("/meetings/plan/").status_code == 403
    assert reader.get(f"/meetings/record/{row.pk}/").status_code == 403


def test_the_quarter_shows_days_and_what_is_missing(house, system, client_of, clerk):
    for unit, kind, day in ((house.here, "theme_day", date(2026, 10, 15)), (house.here, "members", date(2026, 11, 4)),
                            (house.beside, "members", date(2026, 11, 5))):
        write.save(system, register("meeting"), Meeting(unit=unit, kind=kind, held_on=day, topic="学习", expected=3, present=3))
    page = client_of(clerk).get("/meetings/quarter/").content.decode()
    line = next(one for one in page.split("<tr>") if house.here.name in one and "<td" in one)
    assert "10-15" in line and "11-04" in line and "待开" in line
    assert "11-05" not in page, "the neighbour's meetings are not shown"
    before = client_of(clerk).get("/meetings/quarter/?period=2026Q3").content.decode()
    assert "未开" in before and "10-15" not in before
    for ending in ("xlsx", "docx", "pdf"):
        assert client_of(clerk).get(f"/meetings/quarter/?as={ending}").content[:2] in (b"PK", b"%P")


@pytest.mark.parametrize("many", [1, 30])
def test_the_quarter_costs_the_same_for_one_unit_and_for_thirty(house, system, grant, client_of, many, django_assert_max_num_queries):
    from luoshi.engine import samples

    for _n in range(many - 1):
        samples.unit(system, parent=house.above)
    page = client_of(grant(house.root, Verb.SEE))
    page.get("/meetings/quarter/")
    with django_assert_max_num_queries(14):
        page.get("/meetings/quarter/")
    assert Unit.objects.filter(body="branch").count() >= many


@pytest.mark.parametrize(("present", "said"), [(3, "达到半数，会议有效（支部工作条例 第十二条）"), (2, "未达到半数，不计为已召开")])
def test_the_page_of_a_meeting_says_what_counts_and_by_which_article(house, system, client_of, clerk, present, said):
    row = write.save(system, register("meeting"), Meeting(unit=house.here, kind="committee", held_on=TODAY, topic="研究", expected=5,
                                                          present=present))
    assert said in client_of(clerk).get(f"/meetings/{row.pk}/").content.decode()


def test_the_page_of_a_meeting_says_how_votes_count(house, system, client_of, clerk):
    votes = [Vote(subject="年度计划", matter="ordinary", entitled=10, present=6, yes=6),
             Vote(subject="接收预备党员", matter="admission", entitled=10, present=5, yes=5)]
    row = write.save(system, register("meeting"), Meeting(unit=house.here, kind="members", held_on=TODAY, topic="表决", expected=10,
                                                          present=6), lines={"votes": votes})
    page = client_of(clerk).get(f"/meetings/{row.pk}/").content.decode()
    assert "支部工作条例 第十一条" in page and "发展党员工作细则" in page
    assert (page.count("未通过"), page.count("通过")) == (1, 2)


def test_my_own_page_lists_what_i_attended_and_nothing_else(house, system, grant, client_of):
    from luoshi.engine import samples

    person = samples.person(house.here, "林知远")
    Position.objects.create(unit=house.here, place=house.here.place, person=person, post=Post.MEMBER, since=date(2026, 3, 1))
    account = grant(house.here, None)
    account.person = person
    account.save()
    came = {"topic": "到会的", "held_on": date(2026, 9, 1)}
    for values, away in ((came, False), ({"topic": "请假的", "held_on": date(2026, 9, 2)}, True),
                         ({"topic": "任职前的", "held_on": date(2026, 2, 1)}, False),
                         ({"topic": "支委的", "held_on": date(2026, 9, 3), "kind": "committee"}, False)):
        from luoshi.registers.meetings.models import Absence

        row = Meeting(unit=house.here, **{"kind": "members", "expected": 9, "present": 8, **values})
        write.save(system, register("meeting"), row, lines={"absences": [Absence(person=person)] if away else []})
    page = client_of(account).get("/me/").content.decode()
    assert "到会的" in page and "共 1 次" in page
    for other in ("请假的", "任职前的", "支委的"):
        assert other not in page
