"""Activities through the doors: filed, opened, signed up for, held and counted."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from luoshi.engine import samples, write
from luoshi.engine.indicators import indicators, total
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Person
from luoshi.kernel import periods
from luoshi.kernel.shares import Share
from luoshi.registers.events import rules
from luoshi.registers.events.models import Campaign, Event, Signup, Stage

DAY = date(2026, 11, 23)


def filed(system, unit, **more) -> Event:
    values = {"title": "参观展览", "kind": "visit", "starts_on": date(2026, 11, 20), **more}
    return write.save(system, register("event"), Event(unit=unit, **values))


def opened(system, unit, **more) -> Event:
    return write.move(system, register("event"), filed(system, unit, **more), "open")


def signed(system, event, person) -> Signup:
    return write.save(system, register("signup"), Signup(event=event, unit=person.unit, person=person))


def count(name: str, root) -> Share:
    return total(indicators()[name], root=root.place, period=periods.year(DAY), today=DAY)


@pytest.fixture
def office(house, grant, client_of):
    return client_of(grant(house.root, Verb.MANAGE))


def test_a_number_of_people_says_that_it_was_held(house, system):
    assert filed(system, house.here).state == "filed"
    assert filed(system, house.here, title="讲座", head_count=12).state == "held"


def test_a_cancelled_activity_stays_cancelled(house, system):
    event = write.move(system, register("event"), filed(system, house.here), "cancelled")
    with pytest.raises(ValidationError):
        write.move(system, register("event"), event, "open")
    assert Event.objects.get(pk=event.pk).state == "cancelled"


def test_the_last_place_is_taken_once(house, system):
    event = opened(system, house.root, capacity=1)
    signed(system, event, samples.person(house.here))
    with pytest.raises(ValidationError) as refused:
        signed(system, event, samples.person(house.here))
    assert "名额已满" in refused.value.messages[0]
    assert Signup.objects.count() == 1


def test_a_unit_takes_no_more_than_its_places(house, system):
    event = opened(system, house.root, per_unit=1)
    signed(system, event, samples.person(house.here))
    signed(system, event, samples.person(house.beside))
    with pytest.raises(ValidationError):
        signed(system, event, samples.person(house.beside))


def test_a_person_signs_up_once_and_again_after_cancelling(house, system):
    event, person = opened(system, house.root), samples.person(house.here)
    first = signed(system, event, person)
    with pytest.raises(ValidationError):
        signed(system, event, person)
    write.withdraw(system, register("signup"), first, reason="取消报名")
    assert signed(system, event, person).pk != first.pk


def test_a_member_of_staff_signs_up_with_one_click_and_twice_is_once(house, system, grant, client_of):
    event = opened(system, house.root)
    account = grant(house.here, Verb.ADD)
    account.person = samples.person(house.here, "林知远")
    account.save()
    client = client_of(account)
    html = client.get(f"/events/{event.pk}/signup/").content.decode()
    assert "本人报名" in html
    sent = {"person": account.person.pk, "key": "k1"}
    assert client.post(f"/events/{event.pk}/signup/", sent).status_code == 302
    again = client.post(f"/events/{event.pk}/signup/", sent)
    assert "无需再次提交" in again.content.decode()
    assert Signup.objects.filter(event=event, person=account.person).count() == 1
    assert "您已报名" in client.get(f"/events/{event.pk}/signup/").content.decode()


def test_nobody_signs_up_people_of_other_units(house, system, grant, client_of):
    event, stranger = opened(system, house.root), samples.person(house.beside)
    client = client_of(grant(house.here, Verb.ADD))
    answer = client.post(f"/events/{event.pk}/signup/", {"person": stranger.pk})
    assert answer.status_code == 422
    assert not Signup.objects.exists()


def test_an_activity_of_others_is_seen_while_it_takes_sign_ups(house, system, grant, client_of):
    client = client_of(grant(house.here, Verb.ADD))
    closed, open_ = filed(system, house.root, title="内部讨论"), opened(system, house.root, title="公开讲座")
    assert client.get(f"/events/{closed.pk}/signup/").status_code == 404
    assert client.get(f"/events/{open_.pk}/signup/").status_code == 200
    assert client.get(f"/r/event/{open_.pk}/edit/").status_code == 403


def test_several_people_are_signed_up_all_or_none(house, system, office):
    event = opened(system, house.root, capacity=2)
    people = [samples.person(house.here).pk for _n in range(3)]
    assert office.post(f"/events/{event.pk}/signup/", {"person": people}).status_code == 422
    assert not Signup.objects.exists()
    assert office.post(f"/events/{event.pk}/signup/", {"person": people[:2]}).status_code == 302
    assert Signup.objects.count() == 2


def test_attendance_by_list_makes_it_held_and_counts(house, system, office):
    event = opened(system, house.root)
    came, away = (signed(system, event, samples.person(unit)) for unit in (house.here, house.beside))
    address = f"/events/{event.pk}/attendance/"
    assert office.post(address, {"came": came.pk, "head_count": "0"}).status_code == 422
    assert office.post(address, {"came": came.pk, "head_count": ""}).status_code == 302
    event.refresh_from_db()
    assert (event.state, event.head_count) == ("held", 1)
    assert [Signup.objects.get(pk=one.pk).outcome for one in (came, away)] == ["came", "away"]
    assert count("events.came", house.above) == Share(1)
    part = count("events.took_part", house.above)
    assert part.top == 1


def test_attendance_by_head_count_alone(house, system, office):
    event = filed(system, house.root)
    assert office.post(f"/events/{event.pk}/attendance/", {"head_count": "36"}).status_code == 302
    assert count("events.people", house.root) == Share(36)


def test_amounts_are_typed_in_yuan_and_kept_in_fen(house, system, office):
    event = filed(system, house.root)
    sent = {"unit": house.root.pk, "title": "参观展览", "kind": "visit", "starts_on": "2026-11-20", "head_count": "20",
            "cost": "1,234.50", "version": event.version}
    assert office.post(f"/r/event/{event.pk}/edit/", sent).status_code == 302
    assert Event.objects.get(pk=event.pk).cost == 123450
    assert count("events.cost", house.root) == Share(123450)
    assert "1,234.50" in office.get(f"/r/event/{event.pk}/").content.decode()
    wrong = office.post(f"/r/event/{event.pk}/edit/", {**sent, "cost": "十元", "version": event.version + 1})
    assert wrong.status_code == 422
    assert "看不懂金额" in wrong.content.decode()


def test_only_what_was_held_counts(house, system):
    filed(system, house.here, title="计划")
    filed(system, house.here, title="办过", head_count=5)
    assert count("events.filed", house.above) == Share(2)
    assert count("events.held", house.above) == Share(1)
    assert count("events.covered", house.above).top == 1


def test_a_campaign_shows_what_was_held_in_each_stage(house, system, office):
    campaign = write.save(system, register("campaign"), Campaign(
        unit=house.root, name="七一系列活动", starts_on=date(2026, 6, 1), ends_on=date(2026, 12, 31), planned=3),
        lines={"stages": [Stage(name="动员", starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 30)),
                          Stage(name="实施", starts_on=date(2026, 7, 1), ends_on=date(2026, 12, 31))]})
    filed(system, house.here, title="座谈", starts_on=date(2026, 6, 28), head_count=9, campaign=campaign)
    filed(system, house.beside, title="讲座", starts_on=date(2026, 11, 28), campaign=campaign)
    html = office.get(f"/events/campaigns/{campaign.pk}/").content.decode()
    assert "已举办 1 项，计划 3 项" in html
    assert html.index("动员") < html.index("座谈") < html.index("实施") < html.index("讲座")


def test_people_already_signed_up_are_not_offered_again(house, system, office):
    event = opened(system, house.root)
    one, other = samples.person(house.here, "林知远"), samples.person(house.here, "周望舒")
    signed(system, event, one)
    html = office.get(f"/events/{event.pk}/signup/").content.decode()
    assert f'value="{other.pk}"' in html
    assert f'name="person" value="{one.pk}"' not in html
    assert Person.objects.count() == 2


def test_a_share_is_used_by_what_is_held_below_and_in_its_line(house, system, office):
    one, day = register("event"), system.today
    share = samples.saved(register("allotment"), house.above, system, amount=100000, line="union")
    for unit, more in ((house.here, {"cost": 30000}), (house.below, {"cost": 20000}), (house.far, {"cost": 70000}),
                       (house.here, {"cost": 90000, "line": "party"}), (house.here, {"cost": 1, "starts_on": day.replace(year=day.year - 1)}),
                       (house.here, {"state": "filed", "budget": 60000, "head_count": None, "cost": None}),
                       (house.here, {"state": "cancelled", "budget": 60000, "head_count": None, "cost": None})):
        samples.saved(one, unit, system, **{"line": "union", "starts_on": day.replace(month=3, day=2), **more})
    page = office.get("/events/allotments/").content.decode()
    row = page.split(f"/r/allotment/{share.pk}/")[1].split("</tr>")[0]
    for words in ("1,000.00", "500.00", "600.00", "-100.00", "计划超出额度"):
        assert words in row


@pytest.mark.parametrize(("spent", "planned", "found"), [
    (0, 0, (100, "ok")), (60, 40, (0, "ok")), (60, 41, (-1, "soon")), (101, 0, (-1, "late"))])
def test_what_is_left_of_a_share(spent, planned, found):
    assert rules.allotment_left(amount=100, spent=spent, planned=planned) == found


def test_shares_of_others_are_not_seen_and_the_page_asks_once_for_all(house, system, grant, client_of, django_assert_max_num_queries):
    for n in range(30):
        samples.saved(register("allotment"), house.here, system, name=f"额度{n}")
    assert "额度" in client_of(grant(house.here, Verb.SEE, "allotment")).get("/events/allotments/").content.decode()
    stranger = client_of(grant(house.far, Verb.SEE, "allotment"))
    assert "额度3" not in stranger.get("/events/allotments/").content.decode()
    reader = client_of(grant(house.above, Verb.SEE, "allotment"))
    reader.get("/events/allotments/")
    with django_assert_max_num_queries(8):
        reader.get("/events/allotments/")
