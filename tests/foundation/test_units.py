"""Units move, their records follow, and a past period keeps the tree of its time."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from luoshi.engine import samples
from luoshi.foundation import units
from luoshi.foundation.people import Person
from luoshi.foundation.places import within
from luoshi.foundation.units import Placement, Unit, standing


def test_a_moved_unit_takes_what_is_below_and_its_records_along(house, system):
    kept = samples.person(house.below)
    units.move(house.here, parent=house.far, on=date(2026, 6, 1))
    here, below = Unit.objects.get(pk=house.here.pk), Unit.objects.get(pk=house.below.pk)
    assert here.parent_id == house.far.pk
    assert here.place.startswith(house.far.place)
    assert below.place.startswith(here.place)
    assert Person.objects.get(pk=kept.pk).place == below.place


def test_the_tree_of_a_past_day_stays(house):
    units.move(house.here, parent=house.far, on=date(2026, 6, 1))

    def inside(root: Unit, day: date) -> set[int]:
        return set(Placement.objects.filter(within((root.place,)), standing(day)).values_list("unit_id", flat=True))

    assert house.here.pk in inside(house.above, date(2026, 5, 31))
    assert house.here.pk not in inside(house.above, date(2026, 6, 1))
    assert house.below.pk in inside(house.far, date(2026, 6, 1))
    assert house.below.pk not in inside(house.far, date(2026, 5, 31))


def test_a_unit_cannot_be_put_below_itself(house):
    with pytest.raises(ValidationError):
        units.move(house.above, parent=house.below, on=date(2026, 6, 1))


def test_a_place_is_never_given_twice(house, system):
    old = house.beside.place
    units.move(house.beside, parent=house.root, on=date(2026, 6, 1))
    assert samples.unit(system, "新支部", parent=house.above).place != old
