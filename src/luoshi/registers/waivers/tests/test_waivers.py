"""A unit asks, a unit above decides; what is waived is neither owed nor counted, and nobody lets themselves off."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from luoshi.engine import handover, write
from luoshi.engine.actor import actor_of
from luoshi.engine.duties import duties, lamps, owed
from luoshi.engine.indicators import indicators, total
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.trail import Line
from luoshi.kernel import periods
from luoshi.registers.waivers import rules
from luoshi.registers.waivers.models import State, Waiver

TODAY = date(2026, 11, 23)
DUTY, PERIOD = "life.theme_day", "2026-10"


def asked(actor, unit, **more) -> Waiver:
    values = {"duty": DUTY, "period": PERIOD, "why": "全员赴外地执行任务", "cause": "task", "asked_on": TODAY, **more}
    return write.save(actor, register("waiver"), Waiver(unit=unit, **values))


@pytest.fixture
def own(house, grant):
    return grant(house.here, Verb.MANAGE, login="own")


@pytest.fixture
def above(house, grant):
    return grant(house.above, Verb.MANAGE, login="above")


def state(unit) -> str:
    return lamps([duties()[DUTY]], root=unit.place, periods=[periods.parse(PERIOD)], today=TODAY)[unit.pk][DUTY, PERIOD].state


def test_the_unit_asks_the_unit_above_grants_and_the_duty_is_off(house, own, above, client_of):
    row = asked(actor_of(own, TODAY), house.here)
    assert state(house.here) == "late"
    waiting = client_of(above).get("/waiting/").content.decode()
    assert "待审批的免除申请" in waiting and "全员赴外地执行任务" in waiting
    assert "待审批的免除申请" not in client_of(own).get("/waiting/").content.decode()
    answer = client_of(above).post(f"/waivers/{row.pk}/", {"do": "grant", "answer": "同意", "version": row.version})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.state, row.decided_by, row.decided_on) == (State.GRANTED, house.above, TODAY)
    assert state(house.here) == "waived"
    assert Line.objects.filter(register="waiver", row=row.pk, verb="decide").count() == 1


def test_what_is_waived_leaves_desk_hand_over_and_both_ends_of_the_share(house, system, own, client_of):
    def share():
        found = total(indicators()["meetings.theme_day_on_time"], root=house.here.place, period=periods.parse(PERIOD), today=TODAY)
        return found.top, found.bottom

    def on_desk() -> bool:
        listed = owed(root=house.here.place, today=TODAY, within=periods.parse(PERIOD))
        return (house.here.pk, DUTY) in {(unit.pk, duty.name) for unit, duty, _lamp in listed}

    row = asked(system, house.here)
    address = f"kind=theme_day&amp;unit={house.here.code}"
    assert (share(), on_desk()) == ((0, 2), True)  # the group below owes one too
    assert address in client_of(own).get("/duties/?period=2026-10").content.decode()
    row.state, row.decided_on, row.decided_by = State.GRANTED, TODAY, house.above
    write.save(system, register("waiver"), row, verb="decide")
    assert (share(), on_desk()) == ((0, 1), False)
    assert address not in client_of(own).get("/duties/?period=2026-10").content.decode()
    handed = [one.what for _title, rows in handover.gather(actor_of(own, TODAY), house.here) for one in rows]
    assert f"{house.here.name}：主题党日（2026年10月）" not in handed
    write.withdraw(system, register("waiver"), row, reason="情况变化")
    assert (share(), state(house.here)) == ((0, 2), "late")


def test_a_refusal_needs_a_reason_and_leaves_the_duty(house, own, above, client_of):
    row = asked(actor_of(own, TODAY), house.here)
    answer = client_of(above).post(f"/waivers/{row.pk}/", {"do": "refuse", "answer": "", "version": row.version})
    assert answer.status_code == 422 and "不同意的须写明理由" in answer.content.decode()
    assert client_of(above).post(f"/waivers/{row.pk}/", {"do": "refuse", "answer": "可以补办", "version": row.version}).status_code == 302
    row.refresh_from_db()
    assert (row.state, state(house.here)) == (State.REFUSED, "late")
    assert asked(actor_of(own, TODAY), house.here).pk != row.pk, "it may be asked again"


def test_nobody_lets_themselves_off(house, own, client_of):
    row, me = asked(actor_of(own, TODAY), house.here), client_of(own)
    assert "由上级单位审批" in me.get(f"/waivers/{row.pk}/").content.decode()
    assert me.post(f"/waivers/{row.pk}/", {"do": "grant", "version": row.version}).status_code == 403
    me.post(f"/r/waiver/{row.pk}/move/", {"to": "granted"})
    row.refresh_from_db()
    assert (row.state, row.version) == (State.ASKED, 1)
    with pytest.raises(PermissionDenied):
        asked(actor_of(own, TODAY), house.here, period="2026-09", state=State.GRANTED, decided_on=TODAY, decided_by=house.above)


def test_what_was_decided_is_no_longer_the_units_own(house, own, above, client_of):
    row = asked(actor_of(own, TODAY), house.here)
    client_of(above).post(f"/waivers/{row.pk}/", {"do": "grant", "version": row.version})
    row.refresh_from_db()
    row.period = "2026-09"
    with pytest.raises(PermissionDenied):
        write.save(actor_of(own, TODAY), register("waiver"), row)
    with pytest.raises(PermissionDenied):
        write.withdraw(actor_of(own, TODAY), register("waiver"), row, reason="不需要")
    page = client_of(above).post(f"/waivers/{row.pk}/", {"do": "refuse", "answer": "改为不同意", "version": row.version})
    assert page.status_code == 403 or "已经审批" in page.content.decode()


def test_two_who_decide_are_told(house, own, above, grant, client_of):
    row = asked(actor_of(own, TODAY), house.here)
    other = client_of(grant(house.root, Verb.MANAGE, login="root"))
    assert client_of(above).post(f"/waivers/{row.pk}/", {"do": "grant", "version": row.version}).status_code == 302
    late = other.post(f"/waivers/{row.pk}/", {"do": "refuse", "answer": "不", "version": row.version})
    assert late.status_code == 422 and "已经审批" in late.content.decode()
    row.refresh_from_db()
    assert row.state == State.GRANTED


@pytest.mark.parametrize(("more", "field"), [
    ({"period": "2026Q4"}, "period"), ({"period": "十月"}, "period"), ({"duty": "life.unknown"}, "duty"),
    ({"asked_on": date(2026, 11, 24)}, "asked_on"), ({"why": ""}, "why")])
def test_what_is_refused_says_where(house, system, more, field):
    with pytest.raises(ValidationError) as refused:
        asked(system, house.here, **more)
    assert field in refused.value.message_dict


def test_one_request_a_duty_and_period(house, system):
    asked(system, house.here)
    with pytest.raises(ValidationError):
        asked(system, house.here)
    assert asked(system, house.here, duty="life.members", period="2026q3").period == "2026Q3"


def test_strangers_find_nothing(house, system, grant, client_of):
    row = asked(system, house.here)
    stranger = client_of(grant(house.far, Verb.MANAGE))
    assert stranger.get(f"/waivers/{row.pk}/").status_code == 404
    assert stranger.post(f"/waivers/{row.pk}/", {"do": "grant"}).status_code == 404


def test_the_desk_leads_to_a_filled_form(house, own, client_of):
    page = client_of(own).get("/duties/?period=2026-10").content.decode()
    assert f"/r/waiver/new/?unit={house.here.pk}&amp;duty={DUTY}&amp;period={PERIOD}" in page
    form = client_of(own).get(f"/r/waiver/new/?unit={house.here.pk}&duty={DUTY}&period={PERIOD}&asked_on=2026-11-23").content.decode()
    assert 'value="life.theme_day" selected' in form and 'value="2026-10"' in form


@pytest.mark.parametrize(("asked_on", "state", "lamp"), [
    (date(2026, 11, 16), "asked", "soon"), (date(2026, 11, 15), "asked", "late"), (date(2026, 1, 1), "granted", "ok")])
def test_what_waits_longer_than_a_week_is_late(asked_on, state, lamp):
    assert rules.lamp(asked_on=asked_on, state=state, today=TODAY) == lamp
