"""A record as it stood on a day: fields from the trail, posts from their dates, units from the tree of then."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from luoshi.engine import samples, write
from luoshi.engine.register import register
from luoshi.foundation import units
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Position

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(house, system, monkeypatch):
    """Recorded in March, renamed in June; secretary until May; the branch moved in April."""
    door = register("person")

    def on(month):
        monkeypatch.setattr(timezone, "now", lambda: datetime(2026, month, 10, 4, tzinfo=UTC))

    on(3)
    made = write.save(system, door, samples.row(door, house.here, system, name="林知远", education="31"))
    on(6)
    made.name, made.education = "林知近", "21"
    write.save(system, door, made)
    monkeypatch.undo()
    posts = register("position")
    for post, since, until in (("member", date(2020, 1, 1), None), ("secretary", date(2024, 1, 1), date(2026, 5, 1))):
        write.save(system, posts, Position(unit=house.here, person=made, post=post, since=since, until=until))
    return made


def page(client, person, on):
    return client.get(f"/r/person/{person.pk}/as-of/?on={on}")


def test_fields_and_posts_of_three_days(person, house, grant, client_of):
    client = client_of(grant(house.root, Verb.SEE))
    before = page(client, person, "2026-03-09").content.decode()
    assert "这一天还没有登记本记录" in before
    spring = page(client, person, "2026-03-10").content.decode()
    assert "林知远" in spring and "大学专科毕业" in spring and "书记" in spring
    summer = page(client, person, "2026-06-10").content.decode()
    assert "大学本科毕业" in summer and "大学专科毕业" not in summer and "书记" not in summer
    assert client.get(f"/r/person/{person.pk}/history/").content.decode().count(f"/r/person/{person.pk}/as-of/") == 1


def test_the_unit_stands_where_it_stood_then(person, house, grant, client_of):
    client = client_of(grant(house.root, Verb.SEE))
    units.move(house.here, parent=house.far, on=date(2026, 4, 1))
    old, new = (page(client, person, day).content.decode() for day in ("2026-03-31", "2026-04-01"))
    assert f"{house.root.name} › {house.above.name}" in old
    assert house.far.name in new and f"{house.root.name} › {house.above.name}" not in new


def test_bad_days_and_strangers(person, house, grant, client_of):
    client = client_of(grant(house.root, Verb.SEE))
    for bad in ("2026-13-01", "2027-01-01", "昨天"):
        assert page(client, person, bad).status_code == 422
    assert page(client_of(grant(house.far, Verb.MANAGE)), person, "2026-06-10").status_code == 404
