"""One person in three systems at once, on one page, with the day on which membership of the league ends."""

from datetime import date

import pytest

from luoshi.engine import samples
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Post


@pytest.fixture
def trees(system):
    return {name: samples.unit(system, label, system=name) for name, label in (("union", "机关工会"), ("league", "机关团委"))}


def held(system, unit, person, post):
    samples.saved(register("position"), unit, system, person=person, post=post, since=date(2020, 1, 1))


def test_party_union_and_league_stand_side_by_side(system, house, trees, grant, client_of):
    person = samples.person(house.here, born=date(2000, 5, 6))
    held(system, house.here, person, Post.MEMBER)
    held(system, trees["union"], person, Post.UNION_MEMBER)
    held(system, trees["league"], person, Post.LEAGUE_MEMBER)
    address = f"/organization/people/{person.pk}/"
    reader = client_of(grant(house.here, Verb.SEE))
    shown = reader.get(address).content.decode()
    assert all(word in shown for word in ("党组织", "工会会员", "机关工会", "共青团员", "机关团委"))
    assert "2028-05-06 年满 28 周岁" in shown
    assert address in reader.get(f"/r/person/{person.pk}/").content.decode()
    assert client_of(grant(house.far, Verb.SEE)).get(address).status_code == 404


@pytest.mark.parametrize(("born", "office", "said"), [
    (date(1998, 11, 22), False, "请办理离团"), (date(1998, 11, 22), True, "保留团籍"), (date(1998, 11, 24), False, "届时没有担任")])
def test_the_end_of_league_membership_is_said(system, house, trees, grant, client_of, born, office, said):
    person = samples.person(house.here, born=born)
    held(system, trees["league"], person, Post.LEAGUE_MEMBER)
    if office:
        held(system, trees["league"], person, Post.SECRETARY)
    shown = client_of(grant(house.root, Verb.SEE)).get(f"/organization/people/{person.pk}/").content.decode()
    assert said in shown
