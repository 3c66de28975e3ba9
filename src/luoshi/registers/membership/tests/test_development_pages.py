"""A person joins: every step on its page, what is refused and why, who may do what, posts and papers that follow."""

import io
import re
import zipfile
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test.utils import CaptureQueriesContext

from luoshi.engine import samples, write
from luoshi.engine.indicators import indicators, total
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Person, Position
from luoshi.kernel import periods
from luoshi.registers.membership.models import Case, CasePaper, Notice, Review

from . import walking

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch(house, grant, client_of):
    return client_of(grant(house.here, Verb.CHANGE))


@pytest.fixture
def office(house, grant, client_of):
    return client_of(grant(house.root, Verb.MANAGE))


@pytest.fixture
def people(house):
    return {"contact": walking.full_member(house.here).pk, "second": walking.full_member(house.here).pk,
            "probationary": samples.person(house.here).pk}


@pytest.fixture
def case(branch, house, people):
    return walking.begin(branch, house.here)


def posts(case):
    return {(p.post, p.since.isoformat(), p.until and p.until.isoformat())
            for p in Position.objects.filter(person=case.person, withdrawn=False)}


def test_from_application_to_full_member(branch, office, case, people):
    walking.walk(branch, office, case, people, until="approve")
    assert case.state == "probation"
    assert posts(case) == {("probationary", "2025-09-10", None)}
    assert Person.objects.get(pk=case.person_id).joined == date(2025, 9, 10)
    for code in list(walking.WAY)[list(walking.WAY).index("approve") + 1:]:
        assert walking.send(office if code in walking.HIGHER else branch, case, code, people).status_code == 302, code
    case.refresh_from_db()
    assert (case.state, case.full_on) == ("full", date(2026, 9, 11))
    assert posts(case) == {("probationary", "2025-09-10", "2026-09-11"), ("member", "2026-09-11", None)}


def test_a_cancelled_probation_closes_the_post(branch, office, case, people, house, system):
    walking.walk(branch, office, case, people, until="approve")
    sent = office.post(f"/membership/development/{case.pk}/step/cancel/", {
        "cancelled_on": "2026-03-01", "cancel_paper": "甲党批〔2026〕2号", "version": case.version})
    assert sent.status_code == 302
    assert posts(case) == {("probationary", "2025-09-10", "2026-03-01")}
    assert Person.objects.get(pk=case.person_id).joined is None


def test_an_approval_taken_back_withdraws_the_post(branch, office, case, people):
    walking.walk(branch, office, case, people, until="approve")
    assert walking.send(office, case, "approve", people, approved_on="").status_code == 302
    assert posts(case) == set()
    assert walking.send(office, case, "approve", people).status_code == 302
    assert posts(case) == {("probationary", "2025-09-10", None)}


def test_a_withdrawn_case_takes_its_post_with_it_and_brings_it_back(branch, office, case, people, system):
    walking.walk(branch, office, case, people, until="approve")
    assert office.post(f"/r/development/{case.pk}/withdraw/", {"reason": "重复登记"}).status_code == 302
    assert posts(case) == set()
    assert office.post(f"/r/development/withdrawn/{case.pk}/restore/").status_code == 302
    assert posts(case) == {("probationary", "2025-09-10", None)}
    assert Review.objects.filter(case=case, withdrawn=False, held_on=None).exists()


@pytest.mark.parametrize(("until", "code", "changed", "words"), [
    ("talk", "contacts", {}, "推荐和确定入党积极分子”尚未完成"),
    ("contacts", "object", {"object_on": "2025-06-02"}, "培养教育考察须满 1 年"),
    ("political", "committee", {}, "集中培训”尚未完成"),
    ("political", "train", {"training_days": "2", "training_hours": "23"}, "不少于 3 天或 24 学时"),
    ("list", "sponsors", {"sponsor_second": "{contact}", "sponsor_first": "{probationary}"}, "2 名正式党员"),
    ("list", "political", {"political_body": ""}, "请填写审查单位"),
    ("form", "meeting", {"admit_present": "5", "admit_yes": "5", "admit_no": "0"}, "会议无效"),
    ("form", "meeting", {"admit_yes": ""}, "请填写赞成票"),
    ("convert_check", "convert", {"converted_on": "2026-09-09"}, "2026-09-10 届满"),
])
def test_what_a_step_refuses_with_its_article(branch, office, case, people, until, code, changed, words):
    walking.walk(branch, office, case, people, until=until)
    answer = walking.send(office if code in walking.HIGHER else branch, case, code, people, **changed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html
    assert "发展党员工作细则》" in html
    assert Case.objects.get(pk=case.pk).state == case.state


def test_a_vote_that_failed_is_kept_and_stops_the_way(branch, office, case, people):
    walking.walk(branch, office, case, people, until="form")
    assert walking.send(branch, case, "meeting", people, admit_yes="5", admit_no="4").status_code == 302
    answer = walking.send(office, case, "interview", people)
    assert answer.status_code == 422
    assert "表决未通过" in answer.content.decode()


def test_who_leaves_soon_needs_a_reason_by_somebody_who_may(branch, office, case, people, house, grant, client_of):
    walking.walk(branch, office, case, people, until="committee")
    clerk = client_of(grant(house.root, Verb.CHANGE))
    refused = walking.send(clerk, case, "prereview", people, leaves_on="2025-10-15", reason="工作需要")
    assert refused.status_code == 422
    asked = walking.send(office, case, "prereview", people, leaves_on="2025-10-15")
    assert "例外办理的理由" in asked.content.decode()
    assert walking.send(office, case, "prereview", people, leaves_on="2025-10-15", reason="工作需要").status_code == 302
    assert Case.objects.get(pk=case.pk).waivers[0]["reason"] == "工作需要"


def test_a_branch_cannot_approve_its_own_case(branch, case, people, house, grant, actor, client_of):
    walking.send(branch, case, "talk", people)
    walking.send(branch, case, "activist", people)
    between = client_of(grant(house.above, Verb.MANAGE))  # no committee, so its consent is none
    for client in (branch, between):
        assert walking.send(client, case, "activist_file", people).status_code == 403
    row = Case.objects.get(pk=case.pk)
    row.activist_filed_on = date(2024, 6, 20)
    with pytest.raises(PermissionDenied):
        write.save(actor(house.here, Verb.MANAGE), register("development"), row)


def test_the_door_refuses_what_the_page_would(branch, office, case, people, system):
    walking.walk(branch, office, case, people, until="prereview")
    case.admitted_on = date(2025, 9, 10)
    with pytest.raises(ValidationError, match="填写入党志愿书"):
        write.save(system, register("development"), case)


def test_reviews_wait_one_at_a_time_and_are_counted(branch, office, case, people, house):
    walking.walk(branch, office, case, people, until="contacts")
    first = Review.objects.get(case=case)
    assert (first.number, first.due_on, first.held_on) == (1, date(2024, 12, 3), None)
    sent = branch.post(f"/membership/development/reviews/{first.pk}/", {
        "held_on": "2024-12-02", "reviewer": people["contact"], "report_on": "2024-12-01", "version": first.version})
    assert sent.status_code == 302
    second = Review.objects.get(case=case, held_on=None)
    assert (second.number, second.due_on) == (2, date(2025, 6, 3))
    sent = branch.post(f"/membership/development/reviews/{second.pk}/", {
        "held_on": "2025-07-01", "reviewer": people["contact"], "version": second.version})
    assert sent.status_code == 302
    found = [total(indicators()["membership.on_time"], root=house.root.place, period=periods.year(year),
                   today=date(2026, 11, 23)) for year in (2024, 2025)]
    assert [(one.top, one.bottom) for one in found] == [(1, 1), (0, 2)]


def test_an_overdue_conversion_is_counted_until_it_is_decided(branch, office, case, people, house):
    walking.walk(branch, office, case, people, until="approve")
    overdue = indicators()["membership.conversions_overdue"]

    def on(day):
        return total(overdue, root=house.root.place, period=periods.Period(date(2026, 1, 1), day), today=date(2026, 11, 23)).top

    assert (on(date(2026, 10, 11)), on(date(2026, 10, 12))) == (0, 1)  # the tenth is the last day of grace
    for code in ("convert_apply", "convert_check"):
        walking.send(branch, case, code, people)
    assert walking.send(branch, case, "convert", people, converted_on="2026-11-02").status_code == 302
    assert (on(date(2026, 11, 2)), on(date(2026, 11, 3))) == (1, 0)


@pytest.fixture
def consented(branch, office, case, people):
    """A case with consent on 2026-11-16, under the text of 2026."""
    walking.walk(branch, office, case, people, until="contacts")
    walking.send(branch, case, "object", people, object_on="2026-11-10", heard_on="2026-11-09")
    assert walking.send(office, case, "consent", people, consented_on="2026-11-13").status_code == 302
    case.refresh_from_db()
    return case


def post_notice(branch, case, day):
    return branch.post(f"/membership/development/{case.pk}/notice/", {
        "posted_on": day, "days": "5", "where": "一楼公告栏", "contact": "机关党委 87650000"})


def test_a_notice_runs_its_working_days_and_is_not_closed_early(branch, consented, people):
    refused = walking.send(branch, consented, "list", people, listed_on="2026-11-20")
    assert "不少于 5 个工作日的公示" in refused.content.decode()
    assert post_notice(branch, consented, "2026-11-18").status_code == 302
    notice = Notice.objects.get()
    assert notice.ends_on == date(2026, 11, 24)
    early = branch.post(f"/membership/development/notices/{notice.pk}/", {
        "closed_on": "2026-11-23", "result": "clear", "version": notice.version})
    assert early.status_code == 422
    assert "2026-11-24 当天起才能登记结果" in early.content.decode()


def test_objections_are_settled_before_a_notice_is_closed(branch, consented, people, house):
    post_notice(branch, consented, "2026-11-16")
    notice = Notice.objects.get()
    page = f"/membership/development/notices/{notice.pk}/"
    branch.post(page, {"do": "received", "o-received_on": "2026-11-18", "o-channel": "letter", "version": notice.version})
    notice.refresh_from_db()
    done = {"closed_on": "2026-11-23", "result": "settled"}
    assert "还有未办结的反映" in branch.post(page, {**done, "version": notice.version}).content.decode()
    branch.post(page, {"do": "received", "which": "0", "o-received_on": "2026-11-18", "o-channel": "letter",
                       "o-handled_on": "2026-11-20", "o-outcome": "unfounded", "version": notice.version})
    notice.refresh_from_db()
    assert branch.post(page, {**done, "version": notice.version}).status_code == 302
    assert walking.send(branch, consented, "list", people, listed_on="2026-11-23").status_code == 302
    found = total(indicators()["membership.noticed"], root=house.root.place, period=periods.year(2026), today=date(2026, 11, 23))
    assert (found.top, found.bottom) == (1, 1)


def test_the_notice_and_its_result_are_papers(branch, consented):
    post_notice(branch, consented, "2026-11-18")
    notice = Notice.objects.get()
    for name, words in (("notice", "2026年11月24日"), ("closing", "尚未登记结果")):
        answer = branch.get(f"/r/development_notice/{notice.pk}/document/{name}.docx")
        text = zipfile.ZipFile(io.BytesIO(b"".join(answer))).read("word/document.xml").decode()
        assert words in re.sub(r"<[^>]*>", "", text)


def test_a_stranger_gets_404_for_everything_of_a_case(branch, office, consented, house, grant, client_of):
    post_notice(branch, consented, "2026-11-18")
    office.post(f"/membership/development/{consented.pk}/papers/application/")
    stranger = client_of(grant(house.beside, Verb.MANAGE))
    notice, review, paper = Notice.objects.get(), Review.objects.filter(case=consented).first(), CasePaper.objects.get()
    pages = [f"/membership/development/{consented.pk}/", f"/membership/development/{consented.pk}/notice/",
             *(f"/membership/development/{consented.pk}/step/{code}/" for code in walking.WAY),
             f"/membership/development/notices/{notice.pk}/", f"/membership/development/reviews/{review.pk}/",
             f"/r/development/{consented.pk}/", f"/r/development_notice/{notice.pk}/", f"/r/development_review/{review.pk}/",
             f"/r/development_paper/{paper.pk}/", f"/r/development_notice/{notice.pk}/document/notice.docx"]
    assert {page: stranger.get(page).status_code for page in pages} == dict.fromkeys(pages, 404)
    sent = [f"/membership/development/{consented.pk}/papers/application/", f"/membership/development/papers/{paper.pk}/approve/",
            f"/membership/development/notices/{notice.pk}/"]
    assert {page: stranger.post(page).status_code for page in sent} == dict.fromkeys(sent, 404)
    assert consented.person.name not in stranger.get("/membership/development/").content.decode()


def test_the_board_costs_the_same_for_one_and_for_many(office, house, system):
    from django.db import connection

    def cost():
        with CaptureQueriesContext(connection) as seen:
            assert office.get("/membership/development/").status_code == 200
        return len(seen)

    samples.saved(register("development"), house.here, system)
    office.get("/membership/development/")
    few = cost()
    for _n in range(29):
        samples.saved(register("development"), house.here, system)
    assert few == cost() <= 12


def test_the_timeline_stays_under_its_ceiling(branch, office, case, people):
    from django.db import connection

    walking.walk(branch, office, case, people)
    with CaptureQueriesContext(connection) as seen:
        assert branch.get(f"/membership/development/{case.pk}/").status_code == 200
    assert len(seen) <= 20


def test_two_editors_of_a_step_meet_on_a_page_that_shows_both(branch, case, people):
    seen = case.version
    assert walking.send(branch, case, "talk", people).status_code == 302
    late = branch.post(f"/membership/development/{case.pk}/step/talk/", {
        "talked_on": "2024-03-21", "talked_by": people["contact"], "version": seen})
    assert late.status_code == 409
    assert f"/membership/development/{case.pk}/step/talk/" in late.content.decode()


def test_a_case_taken_over_by_another_branch_takes_its_papers_with_it(branch, office, consented, house, grant, client_of):
    post_notice(branch, consented, "2026-11-18")
    printed = branch.post(f"/membership/development/{consented.pk}/papers/application/")
    assert printed.status_code == 200
    there = client_of(grant(house.beside, Verb.CHANGE))
    notice = Notice.objects.get()
    assert there.get(f"/membership/development/notices/{notice.pk}/").status_code == 404
    consented.refresh_from_db()
    sent = office.post(f"/r/development/{consented.pk}/edit/", {
        "unit": house.beside.pk, "person": consented.person_id, "applied_on": "2024-03-01", "version": consented.version})
    assert sent.status_code == 302
    assert there.get(f"/membership/development/notices/{notice.pk}/").status_code == 200
    assert set(Review.objects.values_list("unit", flat=True)) == {house.beside.pk}
    assert branch.get(f"/r/development_paper/{CasePaper.objects.get().pk}/").status_code == 404
