"""From what was read to a draft: codes, spans, owners found by name, dates, and the rules that are proposed."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.foundation.grants import Verb
from luoshi.plan import intake
from luoshi.plan.models import Measure, Milestone, Plan
from luoshi.plan.reading.tree import ReadMeasure, ReadPlan
from luoshi.plan.reading.tree import Section as Heading

pytestmark = pytest.mark.django_db
SOURCE = "一、抓好学习\n（一）组织生活\n每月开展主题党日。制定活动办法。二、从严治党\n贯彻落实。"


def timed(kind="none", text="", normalized=None):
    return SimpleNamespace(type=kind, text=text, normalized=normalized)


def read_measure(text, section, kind, timing=None, owner="", helpers=(), needs=()):
    at = max(SOURCE.find(text), 0)
    return ReadMeasure(text, section, kind, timing or timed(), owner, helpers, (), needs, at, at + len(text))


@pytest.fixture
def found():
    headings = [Heading("抓好学习", 1, None, 0, 30), Heading("组织生活", 2, 0, SOURCE.index("（"), 30),
                Heading("从严治党", 1, None, SOURCE.index("二、"), len(SOURCE))]
    return ReadPlan("", None, "", headings, [
        read_measure("每月开展主题党日", 1, "meeting", timed("recurring", "每月", "R/P1M"), "甲司党总支", ("乙中心党委", "无此单位")),
        read_measure("制定活动办法", 1, "regulation", timed("fixed", "4月底前", "2026-04-30")),
        read_measure("贯彻落实", 2, "integrity", needs=("“落实”之后的名称缺失",)),
    ])


def test_draft(found, house, system):
    plan = intake.draft(system, found, source=SOURCE, unit=house.root, year=2026, name="二〇二六年要点.docx")
    assert (plan.title, plan.state) == ("二〇二六年要点", "draft")
    sections = {s.code: SOURCE[s.start:s.end] for s in plan.sections.all()}
    assert sections == {"1": "一、抓好学习", "1.1": "（一）组织生活", "2": "二、从严治党"}
    first, second, third = Measure.objects.order_by("start")
    assert [m.section for m in (first, second, third)] == ["1.1", "1.1", "2"]
    assert (first.owner, first.since, first.due) == (house.above, date(2026, 1, 1), date(2026, 12, 31))
    assert [h.unit.name for h in first.helpers.all()] == ["乙中心党委"]
    assert [(r.method, r.indicator, r.target) for r in first.rules.all()] == [("V", "meetings.theme_day_covered", None)]
    assert (second.owner, second.due) == (None, date(2026, 4, 30))
    assert [r.method for r in second.rules.all()] == ["M"]
    assert list(Milestone.objects.filter(measure=second).order_by("pk").values_list("title", flat=True)) == [
        "起草", "征求意见", "印发"]
    assert third.needs == "“落实”之后的名称缺失"
    assert {m.state for m in (first, second, third)} == {"proposed"}


@pytest.mark.parametrize(("text", "rule"), [
    ("每月开展主题党日活动", ("V", "meetings.theme_day_covered", None)),
    ("坚持书记讲党课", ("T", "meetings.secretary_lecture_on_time", None)),
    ("每月召开工作例会", ("C", "meetings.held", 12)),
])
def test_words_that_name_an_indicator_go_before_the_kind(text, rule):
    one = read_measure(text, 0, "meeting", timed("recurring", "每月", "R/P1M"))
    assert [(r.method, r.indicator, r.target) for r in intake.proposed_rules(one)] == [rule]


def test_a_name_that_two_units_bear_is_left_to_the_clerk(found, house, system):
    house.beside.name = house.above.name
    house.beside.save()
    intake.draft(system, found, source=SOURCE, unit=house.root, year=2026)
    assert Measure.objects.order_by("start")[0].owner is None


def test_nothing_is_stored_when_one_measure_cannot_be(found, house, system):
    found.measures.append(ReadMeasure(" ", 0, "", timed(), "", (), (), (), 0, 0))
    with pytest.raises(Exception, match="text"):
        intake.draft(system, found, source=SOURCE, unit=house.root, year=2026)
    assert not Plan.objects.exists()


def test_a_pasted_text_is_read_and_opens_where_it_is_confirmed(house, office, django_capture_on_commit_callbacks):
    text = ("2026年工作要点\n一、抓好学习\n1. 每月开展一次主题党日活动。\n2. 6月底前举办一期支部书记培训班。\n"
            "二、改进作风\n1. 组织开展调查研究。")
    with django_capture_on_commit_callbacks(execute=True):
        answer = office.post("/plan/new/", {"text": text, "year": "2026", "unit": house.root.pk})
    assert answer.status_code == 302
    plan = Plan.objects.get()
    assert office.get(answer["Location"])["Location"] == f"/plan/{plan.pk}/confirm/"
    assert plan.file.row == plan.pk
    assert office.get(f"/files/{plan.file.token}/").status_code == 200
    training = Measure.objects.get(text__contains="培训班")
    assert training.due == date(2026, 6, 30)
    assert plan.source[training.start:training.end] in text
    assert plan.sections.count() == 2


def test_a_file_that_cannot_be_read_says_why_and_makes_no_plan(house, office, django_capture_on_commit_callbacks):
    sent = SimpleUploadedFile("要点.docx", b"PK\x03\x04 broken")
    with django_capture_on_commit_callbacks(execute=True):
        answer = office.post("/plan/new/", {"file": sent, "year": "2026", "unit": house.root.pk})
    assert not Plan.objects.exists()
    assert "损坏" in office.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(("sent", "words"), [
    ({"year": "2026", "unit": "root"}, "请选择要点文件"),
    ({"year": "26", "unit": "root", "text": "x"}, "请填写四位年度"),
    ({"year": "2026", "unit": "0", "text": "x"}, "请选择印发单位"),
])
def test_what_the_upload_refuses(sent, words, house, office):
    sent = {**sent, "unit": house.root.pk if sent["unit"] == "root" else sent["unit"]}
    answer = office.post("/plan/new/", sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_only_who_may_add_plans_may_bring_one_in(house, grant, client_of):
    assert client_of(grant(house.above, Verb.SEE)).get("/plan/new/").status_code == 403
    clerk = client_of(grant(house.above, Verb.ADD))
    assert house.root.name not in clerk.get("/plan/new/").content.decode().split("<form")[-1]
