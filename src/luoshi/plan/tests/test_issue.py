"""Issuing, the editions, who sees what afterwards, and changes that need a reason."""

import pytest
from django.core.exceptions import ValidationError

from luoshi.engine import home, write
from luoshi.engine.actor import actor_of
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.plan.models import Edition, Measure, Plan
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db


def test_what_is_missing_blocks_and_is_listed(plan, measures, office):
    page = office.get(f"/plan/{plan.pk}/issue/").content.decode()
    assert "未确认的措施" in page
    assert "没有牵头单位的措施" in page
    assert "没有计数规则的措施" in page
    assert office.post(f"/plan/{plan.pk}/issue/").status_code == 422
    assert Plan.objects.get(pk=plan.pk).state == "draft"
    assert not Edition.objects.exists()


def test_a_plan_without_measures_is_not_issued(plan, office):
    assert office.post(f"/plan/{plan.pk}/issue/").status_code == 422


def test_issuing_numbers_the_measures_and_freezes_the_first_edition(issued):
    assert (issued.plan.state, issued.plan.edition, issued.plan.issued_on) == ("issued", 1, TODAY)
    assert [m.number for m in issued.measures] == ["1.1", "1.2", "2.1", "2.2"]
    edition = Edition.objects.get()
    assert [m["text"] for m in edition.data["measures"]] == [m.text for m in issued.measures]
    assert edition.data["measures"][0]["owner"] == "甲司党总支"


def test_a_title_that_was_lost_is_shown_where_it_was_typed(issued, office):
    for tail in ("board/", "list/", "summary/", "timeline/"):
        assert "贯彻落实某项意见" in office.get(f"/plan/{issued.plan.pk}/{tail}").content.decode()


def test_the_general_move_cannot_issue_past_the_check_list(ready, system):
    with pytest.raises(ValidationError):
        write.move(system, register("plan"), ready.plan, "issued")
    assert Plan.objects.get(pk=ready.plan.pk).state == "draft"


def test_owners_see_their_own_measures_and_no_others(issued, house, grant, client_of):
    account = grant(house.above, Verb.CHANGE, login="owner")
    client = client_of(account)
    first, third = issued.measures[0], issued.measures[2]
    assert client.get(f"/plan/measure/{first.pk}/").status_code == 200
    assert client.get(f"/plan/measure/{third.pk}/").status_code == 404
    assert client.get(f"/plan/{issued.plan.pk}/text/").status_code == 200
    board = client.get(f"/plan/{issued.plan.pk}/board/").content.decode()
    assert first.text in board
    assert third.text not in board
    made = [make(actor_of(account, TODAY)) for make in home.blocks]
    block = next(one for one in made if one and one["template"].startswith("plan/"))
    assert [r["text"] for r in block["rows"]] == ["1.1 开展主题党日活动", "1.2 每季度召开党员大会"]


def test_an_owner_cannot_change_withdraw_or_move_the_terms(issued, house, grant, client_of):
    client = client_of(grant(house.above, Verb.MANAGE))
    pk = issued.measures[0].pk
    assert client.post(f"/plan/measure/{pk}/change/", {"text": "少做一点", "reason": "x"}).status_code == 404
    assert client.post(f"/r/measure/{pk}/withdraw/", {"reason": "x"}).status_code in (403, 404)
    assert client.post(f"/r/measure/{pk}/move/", {"to": "cancelled"}).status_code in (403, 404)
    assert Measure.objects.get(pk=pk).state == "accepted"


def test_a_change_needs_a_reason_and_keeps_the_old_edition(issued, house, office):
    one = issued.measures[0]
    address = f"/plan/measure/{one.pk}/change/"
    sent = {"text": "开展主题党日系列活动", "section": "1", "version": one.version, "owner": house.above.pk,
            "due": "2026-11-30", "indicator0": "meetings.theme_day_covered", "tenths0": "10"}
    assert "请填写变更原因" in office.post(address, sent).content.decode()
    assert Edition.objects.count() == 1
    assert office.post(address, {**sent, "reason": "上级调整安排"}).status_code == 302
    first, second = Edition.objects.order_by("number")
    assert first.data["measures"][0]["text"] == "开展主题党日活动"
    assert second.reason == "上级调整安排"
    page = office.get(f"/plan/{issued.plan.pk}/versions/2/").content.decode()
    assert "<del>开展主题党日活动</del>" in page
    assert "<ins>开展主题党日系列活动</ins>" in page
    assert "2026-11-30" in page
    assert "<del>每季度召开党员大会</del>" not in page


def test_cancelling_keeps_the_measure_readable_and_says_so(issued, office):
    one = issued.measures[1]
    office.post(f"/plan/measure/{one.pk}/change/", {"do": "cancel", "reason": "并入另一项", "version": one.version})
    assert Measure.objects.get(pk=one.pk).state == "cancelled"
    assert "取消" in office.get(f"/plan/{issued.plan.pk}/versions/2/").content.decode()
    assert one.text not in office.get(f"/plan/{issued.plan.pk}/board/").content.decode()


@pytest.mark.parametrize("tail", ["text/", "board/", "timeline/", "list/", "list.xlsx", "summary/", "circulars/",
                                  "versions/", "versions/1/"])
def test_readers_outside_the_issuing_tree_find_nothing(tail, issued, house, system, grant, client_of):
    from luoshi.engine import samples

    outside = client_of(grant(samples.unit(system, "外单位党委"), Verb.MANAGE))
    inside = client_of(grant(house.below, Verb.SEE))
    assert outside.get(f"/plan/{issued.plan.pk}/{tail}").status_code == 404
    assert inside.get(f"/plan/{issued.plan.pk}/{tail}").status_code == 200


def test_a_draft_is_not_read_below_the_issuing_unit(ready, house, grant, client_of):
    assert client_of(grant(house.above, Verb.MANAGE)).get(f"/plan/{ready.plan.pk}/text/").status_code == 404
