"""A big operation: the plan in time, a temporary branch opened with those appointed, ended with its report."""

from datetime import date

import pytest

from luoshi.engine import samples, write
from luoshi.engine.indicators import indicators, total
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Position, Post
from luoshi.foundation.units import Unit
from luoshi.kernel import periods
from luoshi.registers.organization import rules
from luoshi.registers.organization.models import Operation, UnitChange

DAY = date(2026, 11, 23)


@pytest.fixture
def office(house, grant, client_of):
    return client_of(grant(house.root, Verb.MANAGE))


@pytest.fixture
def operation(house, system) -> Operation:
    return write.save(system, register("operation"), Operation(
        unit=house.above, name="秋季展会保障", starts_on=date(2026, 10, 8), ends_on=date(2026, 12, 5), staff=8,
        contact=samples.person(house.above), entered_on=date(2026, 9, 20)))


@pytest.mark.parametrize(("months", "members", "transferred", "called"), [
    (2, 8, False, "temporary"), (7, 8, True, "ordinary"), (2, 8, True, "ordinary"), (2, 2, False, ""),
])
def test_which_branch_is_called_for(months, members, transferred, called):
    end = date(2026, 3 + months, 10)
    assert rules.branch_called_for(start=date(2026, 3, 10), end=end, transferred=transferred, members=members) == called


@pytest.mark.parametrize(("day", "in_time"), [(date(2026, 9, 30), 1), (date(2026, 10, 1), 0)])
def test_a_plan_is_in_time_until_its_tenth_day(house, system, operation, day, in_time):
    operation.plan, operation.planned_on = "分两班", day
    write.save(system, register("operation"), operation)
    found = total(indicators()["organization.operations_planned"], root=house.root.place, period=periods.year(DAY), today=DAY)
    assert found.top == in_time


def test_a_temporary_branch_is_opened_and_ended_from_its_operation(house, system, office, operation):
    people = [samples.person(house.here) for _ in range(4)]
    address = f"/organization/operations/{operation.pk}/"
    assert "成立临时党支部" in office.get(address).content.decode()
    sent = {"name": "展会临时党支部", "code": "L1", "on": "2026-10-08", "document": "甲〔2026〕11号",
            "secretary": people[0].pk, "deputy": people[1].pk, "members": f"{people[2].number}\n{people[3].number}"}
    assert office.post(address, {**sent, "members": "", "deputy": ""}).status_code == 422, "one person is no branch"
    assert office.post(address, sent).status_code == 302
    unit = Unit.objects.get(code="L1")
    assert unit.temporary
    assert unit.parent == house.above
    held = Position.objects.filter(unit=unit)
    assert held.filter(post=Post.MEMBER).count() == 4
    assert held.get(post=Post.SECRETARY).person == people[0]
    assert UnitChange.objects.get(unit=unit).document == "甲〔2026〕11号"
    end = {"on": "2026-11-20", "document": "任务结束"}
    assert office.post(address, end).status_code == 422, "the report is missing"
    assert Unit.objects.get(pk=unit.pk).until is None
    assert office.post(address, {**end, "report": "保障有力"}).status_code == 302
    assert Unit.objects.get(pk=unit.pk).until == date(2026, 11, 20)
    assert not Position.objects.filter(unit=unit, until__isnull=True).exists()
    assert Operation.objects.get(pk=operation.pk).closed_on == date(2026, 11, 20)
    opened = indicators()["organization.operation_branches"]
    assert total(opened, root=house.root.place, period=periods.year(DAY), today=DAY).top == 1


def test_a_reader_sees_the_list_but_opens_nothing(house, grant, client_of, operation):
    reader = client_of(grant(house.above, Verb.CHANGE))
    address = f"/organization/operations/{operation.pk}/"
    assert reader.get(address).status_code == 200
    assert reader.post(address, {"name": "甲"}).status_code == 403
    assert client_of(grant(house.far, Verb.MANAGE)).get(address).status_code == 404


def test_the_plan_fits_its_operation(house, system, operation):
    paper = register("operation").documents[0].paper(operation, system)
    assert "成立临时党支部" in str(paper.body)
    assert "秋季展会保障" in paper.title
