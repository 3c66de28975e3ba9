"""The pages round a record: history as sentences, withdrawing and restoring, finding, jobs, units that have ended."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from luoshi.engine import forms, samples, write
from luoshi.engine.actor import actor_of
from luoshi.engine.models import Job
from luoshi.engine.register import register
from luoshi.foundation import trail
from luoshi.foundation.grants import Verb

from ..conftest import TODAY


@pytest.fixture
def meetings():
    return register("meeting")


@pytest.fixture
def office(house, grant, client_of):
    return client_of(grant(house.root, Verb.MANAGE, login="办公室"))


@pytest.fixture
def row(house, system, meetings):
    return samples.saved(meetings, house.here, system, topic="年度计划", present=1, expected=3)


def posted(row, **more) -> dict:
    one = register("meeting")
    values = {f: one.model._meta.get_field(f).value_from_object(row) for f in one.form}
    return {k: v for k, v in values.items() if v not in (None, False)} | {"version": row.version} | more


def test_history_tells_who_changed_what_from_what_to_what(office, row, house):
    chair = samples.person(house.here, "周敏")
    office.post(f"/r/meeting/{row.pk}/edit/", posted(row, topic="半年计划", present=0, chair=chair.pk,
                                                     **{"absences-0-person": chair.pk, "absences-0-reason": "sick"}))
    page = office.get(f"/r/meeting/{row.pk}/history/").content.decode()
    assert "系统登记了本记录" in page
    for words in ("主题由“年度计划”改为“半年计划”", "实到人数由“1”改为“0”", "主持人由“—”改为“周敏”",
                  "缺席人员由 0 项改为 1 项", "办公室将"):
        assert words in page.replace("&#34;", "\""), words
    office.post(f"/r/meeting/{row.pk}/withdraw/", {"reason": "重复登记"})
    line = trail.Line.objects.filter(verb="withdraw").get()
    assert line.reason == "重复登记"


def test_history_survives_a_field_that_is_gone(office, row, house):
    trail.append([trail.Deed("change", "meeting", row.pk, house.here.pk, row.place,
                             {"old_field": [1, 2], "old_person_id": [1, 2], "topic": ["甲", "乙"]})],
                 actor=1, actor_name="李芳", at=row.created_at)
    page = office.get(f"/r/meeting/{row.pk}/history/").content.decode()
    assert "李芳将主题由“甲”改为“乙”" in page
    assert "old_" not in page


def test_withdrawing_asks_for_a_reason_and_restoring_brings_it_back(office, row, meetings):
    base = f"/r/meeting/{row.pk}/"
    answer = office.post(f"{base}withdraw/", {"reason": " \x00\t"})
    assert answer.status_code == 422
    assert "请填写撤回原因" in answer.content.decode()
    office.post(f"{base}withdraw/", {"reason": "重复登记"})
    assert office.get(base).status_code == 404
    page = office.get("/r/meeting/withdrawn/").content.decode()
    assert str(row) in page
    assert "办公室撤回了本记录。原因：重复登记" in page
    assert "/r/meeting/withdrawn/" in office.get("/r/meeting/").content.decode()
    assert office.get(f"/r/meeting/withdrawn/{row.pk}/restore/").status_code == 405
    assert office.post(f"/r/meeting/withdrawn/{row.pk}/restore/")["Location"] == base
    assert "办公室恢复了本记录" in office.get(f"{base}history/").content.decode()
    assert meetings.base().get().topic == "年度计划"
    assert office.post(f"/r/meeting/withdrawn/{row.pk}/restore/").status_code == 404
    assert "没有已撤回的记录" in office.get("/r/meeting/withdrawn/").content.decode()


def test_restoring_needs_the_highest_verb_at_that_place(row, house, system, meetings, grant, client_of):
    write.withdraw(system, meetings, row, reason="重复")
    address = f"/r/meeting/withdrawn/{row.pk}/restore/"
    changer = grant(house.above, Verb.CHANGE)
    assert client_of(changer).post(address).status_code == 403
    assert client_of(grant(house.far, Verb.MANAGE)).post(address).status_code == 404
    with pytest.raises(PermissionDenied):
        write.restore(actor_of(changer, TODAY), meetings, meetings.model.objects.get(pk=row.pk))
    assert str(row) not in client_of(grant(house.far, Verb.MANAGE)).get("/r/meeting/withdrawn/").content.decode()


def test_a_row_whose_twin_was_recorded_meanwhile_is_not_restored(office, row, house, system, meetings):
    write.withdraw(system, meetings, row, reason="重复")
    again = posted(row)
    office.post("/r/meeting/new/", again)
    page = office.post(f"/r/meeting/withdrawn/{row.pk}/restore/", follow=True).content.decode()
    assert "已登记过主题相同的会议" in page or "已有相同的记录" in page
    assert meetings.base().count() == 1


def test_a_wrong_row_can_always_be_withdrawn(office, row, meetings):
    meetings.model.objects.filter(pk=row.pk).update(held_on=date(2027, 5, 1))
    assert office.post(f"/r/meeting/{row.pk}/withdraw/", {"reason": "日期有误"}).status_code == 302
    assert meetings.base().count() == 0


def test_rules_of_today_are_asked_at_every_door(office, house, system, meetings):
    row = samples.row(meetings, house.here, system, held_on=date(2026, 11, 24))
    with pytest.raises(ValidationError, match="不能晚于今天"):
        write.save(system, meetings, row)
    answer = office.post("/r/meeting/new/", posted(row))
    assert answer.status_code == 422
    assert "会议日期不能晚于今天" in answer.content.decode()


def test_a_step_that_is_not_allowed_gets_words(office, house, system, row):
    event = samples.saved(register("event"), house.here, system)
    for to in ("x", "filed", "", "\x00"):
        page = office.post(f"/r/event/{event.pk}/move/", {"to": to}, follow=True)
        assert "当前状态不能进行此操作" in page.content.decode()
    page = office.post(f"/r/meeting/{row.pk}/move/", {"to": "held"}, follow=True)
    assert "当前状态不能进行此操作" in page.content.decode()
    event.refresh_from_db()
    assert (event.version, event.state) == (1, "held")


def test_the_conflict_page_does_what_was_chosen(office, row, house, meetings):
    first = posted(row, topic="他人的议题", decisions="他人的决定")
    mine = posted(row, topic="我的议题", decisions="我的决定", present=2)
    assert office.post(f"/r/meeting/{row.pk}/edit/", first).status_code == 302
    page = office.post(f"/r/meeting/{row.pk}/edit/", mine)
    assert page.status_code == 409
    for words in ("我的议题", "他人的议题", "我的决定", "他人的决定"):
        assert words in page.content.decode()
    again = {**mine, "version": 2, "keep_topic": "theirs", "keep_decisions": "mine"}
    assert office.post(f"/r/meeting/{row.pk}/edit/", again).status_code == 302
    stored = meetings.base().get()
    assert (stored.topic, stored.decisions, stored.present, stored.version) == ("他人的议题", "我的决定", 2, 3)


def test_a_conflict_over_parts_loses_neither(office, row, house, meetings):
    one, two = samples.person(house.here, "周敏"), samples.person(house.here, "吴强")
    absent = {"absences-0-person": one.pk, "absences-0-reason": "sick"}
    office.post(f"/r/meeting/{row.pk}/edit/", posted(row, **absent))
    mine = posted(row, **{"absences-0-person": two.pk, "absences-0-reason": "leave"})
    page = office.post(f"/r/meeting/{row.pk}/edit/", mine).content.decode()
    assert "周敏 病假" in page
    assert "吴强 请假" in page
    office.post(f"/r/meeting/{row.pk}/edit/", {**mine, "version": 2, "keep_absences": "theirs"})
    assert [a.person for a in meetings.base().get().absences.all()] == [one]


def test_one_more_line_is_added_without_javascript_and_nothing_is_kept(office, house, meetings, row):
    person = samples.person(house.here, "周敏")
    data = posted(row, topic="", **{"absences-0-person": person.pk, "absences-0-reason": "sick", "do": "add-absences"})
    answer = office.post("/r/meeting/new/", data)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "absences-1-person" in html
    assert f'value="{person.pk}" selected' in html
    assert "处需要修改" not in html
    assert meetings.base().count() == 1


def test_the_same_person_absent_twice_gets_words(office, house, meetings, row):
    person = samples.person(house.here)
    twice = {f"absences-{n}-{k}": v for n in (0, 1) for k, v in (("person", person.pk), ("reason", "sick"))}
    answer = office.post(f"/r/meeting/{row.pk}/edit/", posted(row, **twice))
    assert answer.status_code == 422
    assert "缺席人员”中有重复" in answer.content.decode()
    assert not meetings.base().get().absences.exists()


@pytest.fixture
def crowd(house, system):
    """More persons than a select box takes, three of them named."""
    found = [samples.person(house.here, name) for name in ("单晓峰", "曾丽", "曾理")]
    return [*found, *(samples.person(house.here) for _n in range(forms.FEW))]


@pytest.mark.parametrize("text", ["单晓峰", "shanxiaofeng", "sxf", "number"])
def test_a_person_is_found_by_name_pinyin_initials_and_number(office, crowd, row, text, meetings):
    person = crowd[0]
    text = person.number if text == "number" else text
    form = office.get(f"/r/meeting/{row.pk}/edit/").content.decode()
    assert "/pick/person/?name=chair" in form
    part = office.get("/pick/person/", {"name": "chair", "chair_q": text}, headers={"HX-Request": "true"}).content.decode()
    assert f'data-pick="{person.pk}"' in part
    assert "<html" not in part
    # Without JavaScript only the words in the box arrive.
    answer = office.post(f"/r/meeting/{row.pk}/edit/", posted(row, chair="", chair_q=text))
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    assert meetings.base().get().chair == person


def test_words_that_fit_several_offer_them_and_that_fit_none_say_so(office, crowd, row):
    answer = office.post(f"/r/meeting/{row.pk}/edit/", posted(row, chair_q="zengli"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "找到多个“zengli”" in html
    assert html.count('type="radio" name="chair"') == 2
    html = office.post(f"/r/meeting/{row.pk}/edit/", posted(row, chair_q="查无此人")).content.decode()
    assert "没有找到“查无此人”" in html


def test_pickers_and_search_stay_inside_ones_grants(house, system, grant, client_of, row, meetings):
    stranger = samples.person(house.far, "慕容云")
    foreign = samples.saved(meetings, house.far, system, topic="外单位的会")
    mine = client_of(grant(house.here, Verb.MANAGE))
    for query in ("慕容云", "murongyun", "mry", stranger.number):
        assert "慕容云" not in mine.get("/pick/person/", {"q": query}).content.decode().replace(f"“{query}”", "")
    page = mine.get("/search/", {"q": "外单位"}).content.decode()
    assert f"/r/meeting/{foreign.pk}/" not in page
    assert f"/r/meeting/{row.pk}/" in mine.get("/search/", {"q": "年度计划"}).content.decode()
    answer = mine.post(f"/r/meeting/{row.pk}/edit/", posted(row, chair=stranger.pk))
    assert answer.status_code == 422
    assert "慕容云" not in answer.content.decode()


def test_search_links_carry_their_words_whole(office, house, system, meetings):
    for n in range(12):
        samples.saved(meetings, house.here, system, topic=f"a&b#c {n}")
    assert "/r/meeting/?q=a%26b%23c" in office.get("/search/", {"q": "a&b#c"}).content.decode()
    assert "没有找到" in office.get("/search/", {"q": "没有这样的词"}).content.decode()


def test_a_record_points_only_at_what_its_writer_may_know(house, system, grant, client_of):
    """An activity may belong to a campaign of one's own unit or of one above, not to a sister's."""
    campaigns = {k: samples.saved(register("campaign"), getattr(house, k), system, name=f"活动-{k}")
                 for k in ("above", "here", "beside", "far")}
    html = client_of(grant(house.here, Verb.MANAGE)).get("/r/event/new/").content.decode()
    assert {k for k in campaigns if f"活动-{k}" in html} == {"above", "here"}


def job_of(account, **more) -> Job:
    return Job.objects.create(account=account.pk, **{"kind": "import.check", "subject": "检查 a.csv", **more})


def test_a_job_shows_true_progress_an_error_and_goes_on(house, grant, client_of):
    account = grant(house.here, Verb.ADD)
    client = client_of(account)
    job = job_of(account, state="running", stage="检查", done=30, total=120)
    page = client.get(f"/jobs/{job.pk}/").content.decode()
    assert 'value="30" max="120"' in page
    assert "已处理 30 / 120" in page
    assert f'hx-get="/jobs/{job.pk}/"' in page
    assert "http-equiv=\"refresh\"" in page, "without JavaScript the page asks again by itself"
    other = job_of(account, state="running", stage="另一种工作", kind="plan.read")
    assert "另一种工作" in client.get(f"/jobs/{other.pk}/").content.decode()
    failed = job_of(account, state="failed", result={"error": "没有找到表头"})
    page = client.get(f"/jobs/{failed.pk}/").content.decode()
    assert "没有找到表头" in page
    assert "hx-get" not in page.split("<main")[1].split("</main")[0]
    done = job_of(account, state="done", result={"url": "/r/meeting/"})
    assert client.get(f"/jobs/{done.pk}/")["Location"] == "/r/meeting/"
    part = client.get(f"/jobs/{done.pk}/", headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Redirect"]) == (204, "/r/meeting/")
    assert client_of(grant(house.root, Verb.MANAGE)).get(f"/jobs/{job.pk}/").status_code == 404
    assert Client().get(f"/jobs/{job.pk}/").status_code == 302


@pytest.fixture
def ended(house):
    house.beside.until = TODAY
    house.beside.save()
    return house.beside


def test_an_ended_unit_takes_no_new_record_by_any_road(office, house, ended, grant, meetings, system, row):
    said = "“甲司第二党支部”已于 2026-11-23 撤销"
    data = posted(row, unit=ended.pk, topic="另一议题")
    answer = office.post("/r/meeting/new/", data)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert said in office.post(f"/r/meeting/{row.pk}/edit/", posted(row, unit=ended.pk)).content.decode()
    api = office.post("/api/meeting/", {**data, "held_on": str(row.held_on)}, content_type="application/json")
    assert said in api.json()["unit"][0]
    manager = actor_of(grant(house.root, Verb.MANAGE), TODAY)
    with pytest.raises(ValidationError, match="撤销"):
        samples.saved(meetings, ended, manager)
    assert meetings.base().count() == 1


def test_what_an_ended_unit_has_can_still_be_corrected(office, ended, system, meetings):
    row = samples.saved(meetings, ended, system)
    assert office.post(f"/r/meeting/{row.pk}/edit/", posted(row, topic="更正")).status_code == 302
    assert meetings.base().get().topic == "更正"


def test_a_unit_that_ends_tomorrow_is_still_open(office, house, row, meetings):
    house.beside.until = date(2026, 11, 24)
    house.beside.save()
    assert office.post("/r/meeting/new/", posted(row, unit=house.beside.pk)).status_code == 302


def test_each_reading_of_a_sensitive_record_is_a_line(house, system, grant, client_of, row, monkeypatch):
    monkeypatch.setattr(type(register("meeting")), "sensitive", True)
    client = client_of(grant(house.here, Verb.MANAGE, "meeting", login="经办"))
    base = f"/r/meeting/{row.pk}/"
    for n, address in enumerate([base, f"{base}history/", f"{base}edit/", f"/api/meeting/{row.pk}/", "/api/meeting/",
                                 "/r/meeting/export.csv", f"{base}document/minutes.docx"], 1):
        assert client.get(address).status_code == 200
        assert trail.Line.objects.filter(verb="see", row=row.pk, actor_name="经办").count() == n, address
    assert not list(trail.verify())


def test_a_job_whose_worker_was_killed_says_so(house, grant, client_of):
    account = grant(house.here, Verb.SEE)
    job = Job.objects.create(kind="import.check", subject="检查", account=account.pk, state=Job.State.RUNNING, done=3, total=9)
    page = f"/jobs/{job.pk}/"
    assert "处理中断" not in client_of(account).get(page).content.decode()
    Job.objects.filter(pk=job.pk).update(beat_at=timezone.now() - timedelta(minutes=6))
    html = client_of(account).get(page).content.decode()
    assert f"J{job.pk}" in html and "处理中断" in html
    assert "every 2s" not in html
