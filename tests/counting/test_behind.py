"""The lists behind numbers turn by key: every row once, however many pages, and never a count of all."""

import re
from datetime import date

import pytest

from luoshi.engine.actor import system_actor
from luoshi.engine.indicators import holders, indicators, units
from luoshi.engine.pages import asked
from luoshi.foundation.accounts import Account
from luoshi.foundation.grants import EVERY, Grant, Verb
from luoshi.kernel import periods

from . import house

pytestmark = pytest.mark.django_db
YEAR = periods.parse("2026")


@pytest.fixture
def reader(client):
    def enter(unit):
        account = Account.objects.create(login="reader", label="经办人")
        Grant.objects.create(account=account, unit=unit, verb=Verb.SEE, register=EVERY, since=house.START)
        client.force_login(account)
        return client
    return enter


def rows_of_every_page(client, address):
    found = []
    while address:
        html = client.get(address).content.decode()
        found.append(re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', html))
        link = re.search(r'href="(\?[^"]*after=[^"]*)"', html)
        address = "/indicators/" + link[1].replace("&amp;", "&") if link else ""
    return found


def test_units_behind_a_coverage(reader):
    root = house.forest(120)
    one = indicators()["meetings.covered"]
    pages = rows_of_every_page(reader(root), "/indicators/?of=meetings.covered&side=missing&period=2026")
    want = list(units(one, "missing", root=root.place, period=YEAR, today=house.TODAY).order_by("place").values_list("name", flat=True))
    assert [name for page in pages for name, _rest in page] == want
    assert [len(page) for page in pages] == [50, 50, len(want) - 100]


def test_persons_behind_a_coverage(reader):
    root = house.unit("机关党委", body="committee")
    for n in range(3):
        house.members(house.unit(f"第{n}党支部", root), 40)
    one = indicators()["meetings.lectured"]
    want = holders(one, "bottom", root=root.place, period=periods.parse("2026H1"), today=house.TODAY).count()
    pages = rows_of_every_page(reader(root), "/indicators/?of=meetings.lectured&side=bottom&period=2026H1")
    assert sum(map(len, pages)) == want


def test_more_than_is_counted_is_said_so(reader, monkeypatch):
    monkeypatch.setattr(asked, "COUNTED", 5)
    root = house.forest(8)
    client = reader(root)
    assert "超过 5 项" in client.get("/indicators/?of=meetings.covered&side=missing&period=2026").content.decode()
    for n in range(6):
        house.meeting(root, date(2026, 3, n + 1))
    html = client.get("/indicators/?of=meetings.held&side=top&period=2026").content.decode()
    assert "超过 5 条" in html
    assert system_actor(house.TODAY).system
