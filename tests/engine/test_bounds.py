"""A list by fewer conditions is the same list, and on SQLite it begins where the tightest bound says."""

import pytest
from django.db import connection
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.engine import samples
from luoshi.engine.bounds import fitted
from luoshi.foundation.people import Person
from luoshi.foundation.places import within


@pytest.fixture
def spread(house):
    for n in range(12):
        samples.person([house.root, house.above, house.here, house.below, house.beside, house.far][n % 6])


def conditions(house):
    """Trees of ranges, bounds and other conditions, as rights, filters and turns of a page make them."""
    spots = [house.root.place, house.above.place, house.here.place, house.below.place, house.far.place, "0009"]
    ranges = st.lists(st.sampled_from(spots), max_size=3).map(lambda some: within(tuple(some)))
    bounds = st.tuples(st.sampled_from(["gt", "gte", "lt", "lte"]), st.sampled_from(spots)).map(
        lambda one: Q((f"place__{one[0]}", one[1])))
    numbers = st.tuples(st.sampled_from(["gt", "gte", "lt", "lte"]), st.integers(0, 30)).map(
        lambda one: Q((f"version__{one[0]}", one[1] - 15)))
    leaves = st.one_of(ranges, bounds, numbers, st.just(Q(name__gte="张")))
    return st.recursive(leaves, lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: two[0] & two[1]), st.tuples(inner, inner).map(lambda two: two[0] | two[1]),
        inner.map(lambda one: ~one)), max_leaves=6)


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_fewer_conditions_find_the_same_rows(spread, house, data):
    first, second = data.draw(conditions(house)), data.draw(conditions(house))
    rows = Person.objects.filter(first).filter(second).order_by("pk")
    want, said = list(rows), str(rows.query) if len(rows) else ""
    for order in ("place", "-strokes"):
        assert list(fitted(rows, order)) == want
    assert not said or str(rows.query) == said, "the queryset it came from stays as it was"


def asked(rows):
    return str(rows.query).split(" WHERE ")[1].replace('"foundation_person".', "")


def test_a_branch_inside_a_right_is_one_range(house):
    rows = Person.objects.filter(within((house.root.place,))).filter(within((house.here.place,)))
    assert asked(fitted(rows, "place")).count("place") == 2
    turned = rows.filter(place__gte=house.here.place + "0001")
    assert f"place >= {house.here.place}0001" in asked(fitted(turned, "place")).replace('"', "")
    assert asked(rows).count("place") == 4


@pytest.mark.parametrize("order", ["place", "strokes"])
def test_a_whole_tree_gives_no_range_to_another_order(house, order):
    rows = fitted(Person.objects.filter(within((house.root.place,))), order).order_by(order, "id")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{rows.query}".replace(
            f">= {house.root.place}", f">= '{house.root.place}'").replace(
            f"< {house.root.place}~", f"< '{house.root.place}~'"))
        plan = str(cursor.fetchall())
    if connection.vendor == "sqlite":
        assert f"foundation__{order}_" in plan
        assert "TEMP B-TREE" not in plan
    assert ("+" in asked(rows)) == (connection.vendor == "sqlite" and order == "strokes")
