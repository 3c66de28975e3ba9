"""A small plan over the small house: two sections, four measures, counted by meetings."""

from datetime import date
from types import SimpleNamespace

import pytest

from luoshi.engine import write
from luoshi.engine.indicators import indicators
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.plan.models import CountRule, Measure, Plan, Section
from tests.conftest import actor, client_of, grant, house, system

__all__ = ["actor", "client_of", "grant", "house", "system"]

SOURCE = "总的要求。一、加强队伍建设。开展主题党日活动。每季度召开党员大会。二、加强基层组织。贯彻落实。印发活动办法。"
TEXTS = (("开展主题党日活动", "1", "meetings.theme_day_covered", ""),
         ("每季度召开党员大会", "1", "meetings.members", ""), ("贯彻落实", "2", "", "“落实”后的名称缺失"),
         ("印发活动办法", "2", "M", ""))


def rule(name: str) -> list[CountRule]:
    if name == "M":
        return [CountRule(method="M")]
    return [CountRule(method=indicators()[name].kind, indicator=name,
                      target=4 if indicators()[name].kind == "C" else None)] if name else []


@pytest.fixture
def plan(house, system) -> Plan:
    made = Plan(unit=house.root, year=2026, title="2026年工作要点", source=SOURCE)
    sections = [Section(code="1", title="加强队伍建设", start=SOURCE.index("一、"), end=SOURCE.index("开展")),
                Section(code="2", title="加强基层组织", start=SOURCE.index("二、"), end=SOURCE.index("贯彻"))]
    return write.save(system, register("plan"), made, lines={"sections": sections})


@pytest.fixture
def measures(plan, house, system) -> list[Measure]:
    """The four proposals as read: no owner, the third with a lost title."""
    made = []
    for text, section, name, needs in TEXTS:
        at = SOURCE.index(text)
        row = Measure(unit=house.root, plan=plan, section=section, text=text, start=at, end=at + len(text), needs=needs)
        made.append(write.save(system, register("measure"), row, lines={"rules": rule(name)}))
    return made


@pytest.fixture
def ready(plan, measures, house, system) -> SimpleNamespace:
    """The same, confirmed and complete: owners above and far, dates, the title typed."""
    for i, one in enumerate(measures):
        one.owner = house.above if i < 2 else house.far
        one.due = date(2026, 12, 31)
        one.supplied = "某项意见" if one.needs else ""
        one.state = "accepted"
        write.save(system, register("measure"), one)
    return SimpleNamespace(plan=plan, measures=measures)


@pytest.fixture
def office(house, grant, client_of):
    return client_of(grant(house.root, Verb.MANAGE, login="office"))


@pytest.fixture
def issued(ready, office) -> SimpleNamespace:
    answer = office.post(f"/plan/{ready.plan.pk}/issue/")
    assert answer.status_code == 302, answer.content.decode()
    ready.plan.refresh_from_db()
    for one in ready.measures:
        one.refresh_from_db()
    return ready
