"""Confirming through the pages: each step is stored at once, by plain forms, and nobody overwrites anybody."""

import pytest

from luoshi.foundation.grants import Verb
from luoshi.plan.models import Measure, Milestone
from luoshi.plan.tests.conftest import SOURCE

pytestmark = pytest.mark.django_db


def url(plan, measure=None, tail=""):
    return f"/plan/{plan.pk}/confirm/" + (f"{measure.pk}/" if measure else "") + tail


def terms(one, **more):
    return {"text": one.text, "section": one.section, "kind": one.kind, "version": one.version, "open": "1",
            "supplied": one.supplied, **more}


def states(plan):
    return list(Measure.objects.filter(plan=plan).order_by("start", "id").values_list("text", "state"))


def test_the_page_marks_every_proposal_in_the_text(plan, measures, office):
    page = office.get(url(plan)).content.decode()
    for one in measures:
        assert f'id="t{one.pk}"' in page
        assert f'href="#m{one.pk}">{one.text}</a>' in page
        assert f'id="m{one.pk}"' in page
    assert "名称缺失，请补填" in page


def test_save_and_next_stores_terms_accepts_and_opens_the_next(plan, measures, house, office):
    answer = office.post(url(plan, measures[0]), terms(
        measures[0], do="next", owner=house.above.pk, due="2026-06-30", indicator0="meetings.theme_day_covered",
        tenths0="9", helper=house.far.pk, steps="印发通知 2026-03-31\n总结"))
    assert answer.status_code == 302
    assert f"m={measures[1].pk}" in answer["Location"]
    one = Measure.objects.get(pk=measures[0].pk)
    assert (one.state, one.owner, str(one.due)) == ("accepted", house.above, "2026-06-30")
    assert [(r.method, r.tenths) for r in one.rules.all()] == [("V", 9)]
    assert [h.unit for h in one.helpers.all()] == [house.far]
    steps = list(Milestone.objects.filter(measure=one).order_by("pk").values_list("title", "due", "unit"))
    assert [(t, str(d), u) for t, d, u in steps] == [("印发通知", "2026-03-31", house.above.pk),
                                                     ("总结", "None", house.above.pk)]


def test_the_owner_is_found_by_what_was_typed_without_a_script(plan, measures, house, office):
    office.post(url(plan, measures[0]), terms(measures[0], do="save", owner="", owner_q="甲司第一党支部"))
    assert Measure.objects.get(pk=measures[0].pk).owner is not None
    refused = office.post(url(plan, measures[1]), terms(measures[1], do="save", owner="", owner_q="没有这个单位"))
    assert refused.status_code == 422
    assert "没有找到" in refused.content.decode()


def test_a_count_without_target_is_refused_and_nothing_is_lost(plan, measures, office):
    answer = office.post(url(plan, measures[0]), terms(measures[0], do="next", text="改过的措施",
                                                       indicator0="meetings.members"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "请填写目标数" in page
    assert "改过的措施" in page
    assert Measure.objects.get(pk=measures[0].pk).text == measures[0].text


def test_keep_saves_while_one_types_without_accepting(plan, measures, office):
    answer = office.post(url(plan, measures[0]), terms(measures[0], do="keep", text="新的措施"),
                         headers={"HX-Request": "true"})
    one = Measure.objects.get(pk=measures[0].pk)
    assert (one.text, one.state) == ("新的措施", "proposed")
    assert f'name="version" value="{one.version}"' in answer.content.decode()


def test_split_at_the_mark_and_at_the_cursor(plan, measures, office):
    answer = office.post(url(plan, measures[1]), terms(measures[1], do="split", at="4"))
    assert answer.status_code == 302
    assert [t for t, _s in states(plan)] == ["开展主题党日活动", "每季度召", "开党员大会", "贯彻落实", "印发活动办法"]
    second = Measure.objects.get(text="开党员大会")
    assert SOURCE[second.start:second.end] == "开党员大会"
    assert second.rules.count() == 1
    assert office.post(url(plan, measures[3]), {"do": "split"}).status_code == 422


def test_merge_takes_the_next_one_in_and_it_can_be_restored(plan, measures, office):
    office.post(url(plan, measures[0]) + f"?v={measures[0].version}", {"do": "merge"})
    assert states(plan)[:2] == [("开展主题党日活动，每季度召开党员大会", "proposed"), ("每季度召开党员大会", "dropped")]
    gone = Measure.objects.get(pk=measures[1].pk)
    office.post(url(plan, gone) + f"?v={gone.version}", {"do": "restore"})
    assert Measure.objects.get(pk=gone.pk).state == "proposed"


def test_drop_then_the_issue_list_does_not_ask_for_it(plan, measures, office):
    office.post(url(plan, measures[2]), {"do": "drop"})
    page = office.get(f"/plan/{plan.pk}/issue/").content.decode()
    assert "贯彻落实" not in page


def test_one_owner_for_a_section_and_accept_what_is_ready(plan, measures, house, office):
    office.post(url(plan, tail="section/"), {"do": "owner", "section": "1", "owner": house.above.pk})
    office.post(url(plan, tail="section/"), {"do": "owner", "section": "2", "owner_q": house.far.name, "owner": ""})
    owners = list(Measure.objects.order_by("start").values_list("owner", flat=True))
    assert owners == [house.above.pk] * 2 + [house.far.pk] * 2
    office.post(url(plan, tail="section/"), {"do": "ready"})
    assert [s for _t, s in states(plan)] == ["accepted", "accepted", "proposed", "accepted"]  # one lacks its title


def test_a_section_gets_another_title_and_keeps_its_measures(plan, measures, office):
    assert office.post(url(plan, tail="section/"), {"do": "rename", "section": "1", "title": ""}).status_code == 422
    office.post(url(plan, tail="section/"), {"do": "rename", "section": "1", "title": "建强队伍"})
    assert [s.title for s in plan.sections.all()] == ["建强队伍", "加强基层组织"]
    page = office.get(url(plan)).content.decode()
    assert "1 建强队伍" in page


def test_a_measure_can_be_added_by_hand(plan, measures, office):
    office.post(url(plan, tail="add/"), {"text": "补充一条", "after": measures[0].pk})
    assert [t for t, _s in states(plan)][1] == "补充一条"


def test_two_editors_the_slower_one_sees_both(plan, measures, house, office, grant, client_of):
    other = client_of(grant(house.root, Verb.MANAGE, login="other"))
    assert other.post(url(plan, measures[0]), terms(measures[0], do="save", text="他人的内容")).status_code == 302
    answer = office.post(url(plan, measures[0]), terms(measures[0], do="save", text="我的内容"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "他人的内容" in page
    assert "我的内容" in page
    assert Measure.objects.get(pk=measures[0].pk).text == "他人的内容"


def test_saving_twice_oneself_from_the_same_page_is_no_conflict(plan, measures, office):
    for text in ("第一次", "第二次"):
        assert office.post(url(plan, measures[0]), terms(measures[0], do="save", text=text)).status_code == 302
    assert Measure.objects.get(pk=measures[0].pk).text == "第二次"


def test_fragment_is_inside_the_page(plan, measures, office):
    address, asked = url(plan) + f"?m={measures[0].pk}", {"HX-Request": "true", "HX-Target": "desk"}
    part = office.get(address, headers=asked).content.decode()
    whole = office.get(address).content.decode()
    assert '<div id="desk"' in part
    assert "<html" not in part
    assert part.count('<li id="m') == whole.count('<li id="m') == 4


@pytest.mark.parametrize("where", ["confirm/", "issue/", "confirm/section/", "confirm/add/", "edit/"])
def test_strangers_and_owners_find_no_draft(where, ready, house, grant, client_of):
    for unit, verb in ((house.above, Verb.MANAGE), (house.far, Verb.CHANGE), (house.root, Verb.SEE),
                       (house.root, None)):
        client = client_of(grant(unit, verb))
        assert client.get(f"/plan/{ready.plan.pk}/{where}").status_code in (404, 405)
        assert client.post(f"/plan/{ready.plan.pk}/{where}", {"do": "ready", "text": "x"}).status_code == 404


def test_a_draft_measure_is_hidden_from_its_owner(ready, house, grant, client_of):
    client = client_of(grant(house.above, Verb.MANAGE))
    assert client.get(f"/plan/measure/{ready.measures[0].pk}/").status_code == 404
