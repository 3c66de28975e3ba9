"""The meetings of leading bodies through their pages: recorded with a list, decided, followed up, made up, shared out."""

import io
import re
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.engine import handover, samples, write
from luoshi.engine.duties import duties, standings
from luoshi.engine.indicators import indicators, total
from luoshi.engine.register import register
from luoshi.foundation.grants import Grant, Verb
from luoshi.foundation.people import Post
from luoshi.foundation.trail import Line
from luoshi.kernel import periods
from luoshi.kernel.shares import Share
from luoshi.registers.leading.models import (
    AgendaItem,
    Appraisal,
    CentreAttendance,
    CentreSession,
    CommitteeMeeting,
    DemocraticLife,
    Excellent,
    ReportAttendance,
    ReportSeat,
)

TODAY = date(2026, 11, 23)


def to_text(docx: bytes) -> str:
    """What stands in the body of a Word file."""
    with zipfile.ZipFile(io.BytesIO(docx)) as parts:
        return re.sub(r"<[^>]+>", "", parts.read("word/document.xml").decode())


def count(name: str, root) -> Share:
    return total(indicators()[name], root=root.place, period=periods.year(TODAY), today=TODAY)


def keep(system, name, row, **lines):
    return write.save(system, register(name), row, lines=lines or None)


@pytest.fixture
def office(house, grant, client_of):
    account = grant(house.root, Verb.MANAGE)
    for name in ("democratic_life", "life_statement", "rectification"):  # sensitive: opened by name only
        Grant.objects.create(account=account, unit=house.root, verb=Verb.MANAGE, register=name, since=date(2020, 1, 1))
    return client_of(account)


@pytest.fixture
def stranger(house, grant, client_of):
    return client_of(grant(house.far, Verb.MANAGE))


@pytest.fixture
def leaders(house, system):
    """Four of the committee of the root, the first its secretary."""
    people = [samples.person(house.root) for _n in range(4)]
    for n, one in enumerate(people):
        samples.saved(register("position"), house.root, system, person=one, since=date(2020, 1, 1),
                      post=Post.SECRETARY if n == 0 else Post.COMMITTEE)
    return people


@pytest.fixture
def session(house, leaders, office):
    """A session with the second leader away."""
    sent = {"unit": house.root.pk, "held_on": "2026-11-10", "title": "专题学习", "form": "discussion", "key": "one",
            "secretary": leaders[3].pk, "away": leaders[1].pk, f"reason-{leaders[1].pk}": "travel"}
    answer = office.post("/leading/centre/record/", sent)
    assert answer.status_code == 302, answer.content.decode()
    assert office.post("/leading/centre/record/", sent).status_code == 302
    return CentreSession.objects.get()


def test_a_session_is_recorded_with_its_list_once(session, leaders, office, house):
    assert (session.expected, session.present, session.counts) == (4, 3, True)
    away = CentreAttendance.objects.get(attended=False)
    assert (away.person, away.reason, away.held_on) == (leaders[1], "travel", date(2026, 11, 10))
    assert count("leading.centre_attended", house.root) == Share(3, 4)
    assert count("leading.centre_sessions", house.root) == Share(1)


def test_a_session_without_a_secretary_does_not_count(house, leaders, office):
    sent = {"unit": house.root.pk, "held_on": "2026-11-10", "title": "专题学习", "form": "discussion"}
    assert office.post("/leading/centre/record/", sent).status_code == 302
    assert count("leading.centre_sessions", house.root) == Share(0)


def test_what_is_refused_stays_on_the_form(house, leaders, office):
    answer = office.post("/leading/centre/record/", {"unit": house.root.pk, "held_on": "2026-11-24", "title": "专题学习",
                                                     "form": "discussion", "away": leaders[0].pk})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "日期不能晚于今天" in text
    assert "专题学习" in text
    assert f'value="{leaders[0].pk}" checked' in text
    assert not CentreSession.objects.exists()


def test_who_was_away_makes_up_and_a_second_editor_is_told(session, leaders, office):
    address = f"/leading/centre/sessions/{session.pk}/list/"
    away = leaders[1].pk
    sent = {"version": session.version, "away": away, f"reason-{away}": "sick", f"made-{away}": "2026-11-20"}
    assert office.post(address, {**sent, f"made-{away}": "2026-11-01"}).status_code == 422
    assert "补学日期不能早于学习日期" in office.post(address, {**sent, f"made-{away}": "2026-11-01"}).content.decode()
    assert office.post(address, {**sent, f"made-{away}": "x"}).status_code == 422
    assert office.post(address, sent).status_code == 302
    row = CentreAttendance.objects.get(person=away)
    assert (row.reason, row.made_up_on, row.attended) == ("sick", date(2026, 11, 20), False)
    stale = office.post(address, {"version": session.version})
    assert stale.status_code == 422
    assert "其他人刚刚修改过" in stale.content.decode()


def test_the_year_of_a_centre_group(session, leaders, office, house, stranger):
    text = office.get("/leading/centre/year/?year=2026").content.decode()
    assert "75.0%" not in text
    assert "100.0%" in text
    assert "0.0%" in text
    assert office.get("/leading/centre/year/?as=xlsx").content[:2] == b"PK"
    assert leaders[1].name in to_text(office.get("/leading/centre/year/?as=docx").content)
    assert leaders[1].name not in stranger.get(f"/leading/centre/year/?unit={house.root.code}").content.decode()
    assert office.get(f"/leading/centre/sessions/{session.pk}/year/").status_code == 302
    minutes = to_text(office.get(f"/r/centre_session/{session.pk}/document/minutes.docx").content)
    assert "出差" in minutes
    assert "待补学" in minutes


def test_a_quarter_is_met_by_a_session_that_counts(session, house):
    lamps = {(duty.name, lamp.period.key): lamp.state for _at, duty, lamp in standings(
        [duties()["leading.centre_quarter"]], root=house.root.place, periods=periods.split(periods.year(TODAY), "quarter"), today=TODAY)
        if _at == house.root.pk}
    assert [state for _key, state in sorted(lamps.items())] == ["late", "late", "late", "ok"]


def test_an_expert_counts_the_sessions_that_stand(session, system, house):
    expert = samples.saved(register("expert"), house.root, system)
    session.expert = expert
    keep(system, "centre_session", session)
    expert.refresh_from_db()
    assert expert.given == 1
    write.withdraw(system, register("centre_session"), session, reason="重复登记")
    expert.refresh_from_db()
    assert expert.given == 0


def test_a_session_moved_to_another_day_takes_its_list_along(session, system):
    session.held_on = date(2026, 10, 12)
    keep(system, "centre_session", session)
    assert set(CentreAttendance.objects.values_list("held_on", flat=True)) == {date(2026, 10, 12)}


@pytest.fixture
def meeting(house, system):
    return keep(system, "committee_meeting", CommitteeMeeting(
        unit=house.root, kind="standing", held_on=date(2026, 11, 10), expected=9, present=7),
        items=[AgendaItem(subject="年度计划", conclusion="同意", yes=6, no=1, abstain=0), AgendaItem(subject="通报", conclusion="")])


def test_meetings_are_numbered_within_the_year_and_kind(meeting, house, system):
    again = samples.saved(register("committee_meeting"), house.root, system, kind="standing", held_on=date(2026, 11, 20))
    other = samples.saved(register("committee_meeting"), house.root, system, kind="plenary", held_on=date(2026, 11, 20))
    assert (meeting.title, again.number, other.number) == ("2026年第1次常委会", 2, 1)


def test_agenda_votes_papers_and_decisions_stand_on_one_page(meeting, house, system, office, stranger, leaders):
    decision = samples.saved(register("committee_decision"), house.root, system, meeting=meeting, due_on=date(2026, 11, 20),
                             owner=leaders[0], title="报送方案")
    paper = samples.saved(register("committee_paper"), house.root, system, meeting=meeting, item=1, title="计划草案")
    assert office.post(f"/leading/committee/papers/{paper.pk}/file/", {}).status_code == 422
    sent = {"file": SimpleUploadedFile("草案.docx", b"x")}
    assert office.post(f"/leading/committee/papers/{paper.pk}/file/", sent).status_code == 302
    text = office.get(f"/leading/committee/{meeting.pk}/").content.decode()
    for word in ("赞成 6 票", "通过", "计划草案", "报送方案", "逾期", "至少 5 人"):
        assert word in text
    assert stranger.get(f"/leading/committee/{meeting.pk}/").status_code == 404
    minutes = to_text(office.get(f"/r/committee_meeting/{meeting.pk}/document/minutes.docx").content)
    for word in ("纪要〔2026〕1号", "赞成 6 票", "报送方案"):
        assert word in minutes
    assert count("leading.decisions_closed", house.root) == Share(0, 1)
    decision.closed_on, decision.result = date(2026, 11, 23), "已报送"
    keep(system, "committee_decision", decision)
    assert count("leading.decisions_closed", house.root) == Share(1, 1)
    assert count("leading.decisions_timely", house.root) == Share(0, 1)


def test_without_a_quorum_nothing_is_put_to_the_vote(house, system):
    with pytest.raises(Exception, match="不能进行表决"):
        keep(system, "committee_meeting", CommitteeMeeting(unit=house.root, kind="plenary", held_on=TODAY, expected=30, present=19),
             items=[AgendaItem(subject="选举", yes=18)])


def test_an_open_decision_waits_for_its_owner_and_in_a_hand_over(meeting, house, system, grant, client_of, leaders):
    row = samples.saved(register("committee_decision"), house.root, system, meeting=meeting, owner=leaders[0], title="报送方案",
                        due_on=date(2026, 11, 28))
    account = grant(house.far, Verb.SEE)
    account.person = leaders[0]
    account.save()
    owner = client_of(account)
    assert "报送方案" in owner.get("/waiting/").content.decode()
    assert owner.get(f"/r/committee_decision/{row.pk}/").status_code == 200
    blocks = dict(handover.gather(system, house.root))
    assert [one.what for one in blocks["未办结的会议决定事项"]] == ["报送方案"]


@pytest.fixture
def life(house, system):
    day = date(2026, 10, 20)
    return keep(system, "democratic_life", DemocraticLife(
        unit=house.root, year=2026, theme="主题", opened_on=date(2026, 10, 1), reported_on=day, studied_on=day, gathered_on=day, voices=12))


def test_a_pack_shows_what_comes_next_and_leaves_a_trace(life, office, house):
    before = Line.objects.filter(register="democratic_life", verb="see").count()
    text = office.get(f"/leading/life/{life.pk}/").content.decode()
    assert "下一步：谈心谈话" in text
    assert "共征求到意见 12 条" in text
    assert Line.objects.filter(register="democratic_life", verb="see").count() == before + 1


def test_a_pack_is_not_inherited(life, house, system, office, grant, client_of):
    below = samples.saved(register("democratic_life"), house.above, system, opened_on=date(2025, 11, 10), year=2025, theme="另一主题")
    every = client_of(grant(house.root, Verb.MANAGE))
    assert office.get(f"/leading/life/{below.pk}/").status_code == 404
    assert office.get(f"/leading/life/{life.pk}/").status_code == 200
    assert every.get(f"/leading/life/{life.pk}/").status_code == 404


def test_reading_a_statement_leaves_a_trace(life, office, house, system, leaders):
    row = samples.saved(register("life_statement"), house.root, system, life=life, person=leaders[0], handed_on=TODAY)
    assert office.post(f"/leading/life/statements/{row.pk}/file/", {"file": SimpleUploadedFile("材料.docx", b"x")}).status_code == 302
    row.refresh_from_db()
    before = Line.objects.filter(register="life_statement", verb="see").count()
    assert office.get(f"/files/{row.file.token}/").status_code == 200
    assert Line.objects.filter(register="life_statement", verb="see").count() == before + 1


def test_the_papers_of_a_pack(life, office, house, system, leaders):
    samples.saved(register("rectification"), house.root, system, life=life, owner=leaders[0], title="文件办理时限", measure="当日登记",
                  listed_on=TODAY, due_on=date(2026, 12, 20))
    for paper, word in (("plan", "待定"), ("problems", "共征求到意见 12 条"), ("rectify", "文件办理时限"), ("report", "列入整改 1 项")):
        assert word in to_text(office.get(f"/r/democratic_life/{life.pk}/document/{paper}.docx").content)


def test_an_appraisal_names_only_the_excellent_and_finds_its_meeting(house, system, office):
    people = [samples.person(house.here) for _n in range(2)]
    row = keep(system, "appraisal", Appraisal(unit=house.here, year=2026, held_on=date(2026, 11, 1), members=9, took_part=9, excellent=2,
                                              qualified=7, basic=0, unqualified=0),
               named=[Excellent(person=one) for one in people])
    samples.saved(register("meeting"), house.here, system, kind="life", held_on=date(2026, 11, 1), topic="年度组织生活会")
    text = office.get(f"/leading/appraisals/{row.pk}/").content.decode()
    for word in ("不超过 3 人", people[0].name, "年度组织生活会", "在比例之内"):
        assert word in text
    assert people[1].name in to_text(office.get(f"/r/appraisal/{row.pk}/document/result.docx").content)
    row.excellent, row.qualified = 4, 5
    with pytest.raises(Exception, match="三分之一"):
        write.save(system, register("appraisal"), row)


def test_who_lectured_is_found_in_the_recorded_meetings(house, system, office, leaders, stranger):
    samples.saved(register("meeting"), house.here, system, kind="lecture", held_on=date(2026, 6, 1), topic="讲一次党课",
                  lecturer=leaders[0])
    text = office.get("/leading/lectures/?year=2026").content.decode()
    assert "讲一次党课" in text
    assert "应讲 1 人" in text
    assert "100.0%" in text
    assert "未讲" in office.get("/leading/lectures/?year=2025").content.decode()
    assert leaders[0].name in to_text(office.get("/leading/lectures/?year=2026&as=docx").content)
    assert office.get("/leading/lectures/?year=2026&as=xlsx").content[:2] == b"PK"
    assert leaders[0].name not in stranger.get(f"/leading/lectures/?unit={house.root.code}").content.decode()


@pytest.fixture
def report(house, system):
    for unit, n in ((house.here, 3), (house.far, 1)):
        for _n in range(n):
            samples.saved(register("position"), unit, system, person=samples.person(unit), post=Post.MEMBER, since=date(2020, 1, 1))
    return samples.saved(register("report_meeting"), house.root, system, seats=4, held_on=date(2026, 11, 20), title="学习报告会")


def seats_of(report, house, office, above, beyond):
    return office.post(f"/leading/reports/{report.pk}/seats/", {f"seats-{house.above.pk}": above,
                                                                f"seats-{house.far.parent.pk}": beyond})


def test_seats_are_proposed_by_members_and_kept_once(report, house, office):
    text = office.get(f"/leading/reports/{report.pk}/seats/").content.decode()
    assert f'name="seats-{house.above.pk}" value="3"' in text
    assert seats_of(report, house, office, "4", "1").status_code == 422
    assert seats_of(report, house, office, "x", "1").status_code == 422
    assert not ReportSeat.objects.exists()
    assert seats_of(report, house, office, "3", "1").status_code == 302
    assert seats_of(report, house, office, "2", "1").status_code == 302
    assert dict(ReportSeat.objects.values_list("unit", "seats")) == {house.above.pk: 2, house.far.parent.pk: 1}
    notice = to_text(office.get(f"/r/report_seat/{ReportSeat.objects.get(unit=house.above).pk}/document/notice.docx").content)
    assert "席位 2 个" in notice


def test_a_unit_counts_its_heads_and_names_its_leaders(report, house, office, system, grant, client_of):
    seats_of(report, house, office, "3", "1")
    seat = ReportSeat.objects.get(unit=house.above)
    leader = samples.person(house.above)
    samples.saved(register("position"), house.above, system, person=leader, post=Post.OFFICIAL, since=date(2020, 1, 1))
    own = client_of(grant(house.above, Verb.MANAGE))
    address = f"/leading/seats/{seat.pk}/list/"
    assert own.post(address, {"present": "0", "came": leader.pk, "version": seat.version}).status_code == 422
    assert own.post(address, {"present": "3", "came": leader.pk, "version": seat.version}).status_code == 302
    seat.refresh_from_db()
    assert (seat.present, ReportAttendance.objects.get(withdrawn=False).person) == (3, leader)
    assert own.post(address, {"present": "2", "version": seat.version}).status_code == 302
    assert not ReportAttendance.objects.filter(withdrawn=False).exists()
    assert own.get(f"/leading/reports/{report.pk}/seats/").status_code == 200
    assert own.post(f"/leading/reports/{report.pk}/seats/", {f"seats-{house.above.pk}": "9"}).status_code == 403
    assert count("leading.report_heads", house.root) == Share(2)


@pytest.mark.parametrize("n", [1, 30])
def test_pages_cost_the_same_for_one_row_and_for_thirty(n, house, system, office, leaders, meeting, life, report,
                                                        django_assert_max_num_queries):
    session = samples.saved(register("centre_session"), house.root, system, held_on=TODAY)
    for i in range(n):
        samples.saved(register("centre_attendance"), house.root, system, session=session, person=samples.person(house.root))
        samples.saved(register("committee_decision"), house.root, system, meeting=meeting, owner=leaders[0], title=f"第{i}项")
        samples.saved(register("committee_paper"), house.root, system, meeting=meeting, title=f"第{i}份")
        samples.saved(register("rectification"), house.root, system, life=life, owner=leaders[0], title=f"第{i}项", listed_on=TODAY)
        samples.saved(register("report_seat"), samples.unit(system, parent=house.root), system, meeting=report, seats=0)
        samples.saved(register("position"), house.here, system, person=samples.person(house.here), post=Post.OFFICIAL,
                      since=date(2020, 1, 1))
    for address in ("/leading/centre/year/", f"/leading/centre/sessions/{session.pk}/list/", f"/leading/committee/{meeting.pk}/",
                    f"/leading/life/{life.pk}/", f"/leading/reports/{report.pk}/seats/", "/leading/lectures/",
                    "/leading/centre/record/"):
        with django_assert_max_num_queries(20):
            assert office.get(address).status_code == 200, address
