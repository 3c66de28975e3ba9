"""A batch refuses and records exactly what the single form does, whatever is wrong with a row; and proof is no guess."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ObjectDoesNotExist
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.engine import bulk, samples, write
from luoshi.engine.register import register, registers
from luoshi.engine.soundness import sound
from luoshi.foundation import pile, trail
from luoshi.foundation.sealed import Sealed, clear
from luoshi.foundation.trail import Line

WRITABLE = [one.name for one in registers() if one.form]

BAD = st.one_of(
    st.none(), st.just(""), st.just(" "), st.booleans(), st.integers(-(1 << 70), 1 << 70), st.just(1 << 31), st.just(-1),
    st.text(max_size=12), st.just("长" * 500), st.just("不在其中"), st.just("2026-02-30"), st.just("12"), st.floats(),
    st.dates(date(1, 1, 1), date(9999, 12, 31)), st.just(datetime(2026, 1, 1)), st.binary(max_size=4),
)


class Undone(Exception):
    pass


def alone(actor, one, row):
    """What the single form's door says of a row: its sentences, or the trail's data; nothing stays."""
    return _tried(lambda: write.save(actor, one, row), one)


def together(actor, one, row, good):
    def both():
        # A running number would be another one behind a row of the same pile.
        rows = [row] if one.model.ONE_BY_ONE else [good, row]
        if refused := bulk.save_many(actor, one, rows):
            raise refused[len(rows) - 1]

    return _tried(both, one, verb="import")


def _tried(deed, one, verb="add"):
    try:
        with transaction.atomic():
            deed()
            line = Line.objects.filter(register=one.name).order_by("-id").first()
            assert line.verb == verb
            raise Undone(trail.loads(line.data))
    except Undone as done:
        return "stored", done.args[0]
    except ValidationError as error:
        return "refused", sorted(error.messages)
    except (TypeError, ValueError, OverflowError, AttributeError, ObjectDoesNotExist) as error:
        return "broken", type(error).__name__


def _by_lot(one, row) -> set[str]:
    """The columns that a row draws at random when it is settled, as numbers of packets are."""
    twice = [one.model(**{f.attname: getattr(row, f.attname) for f in one.model._meta.concrete_fields}) for _n in range(2)]
    if not all(_settled(each) for each in twice):
        return set()
    return {f.attname for f in one.model._meta.concrete_fields if getattr(twice[0], f.attname) != getattr(twice[1], f.attname)}


def _without(found, names: set[str]):
    state, said = found
    return state, {name: value for name, value in said.items() if name not in names} if state == "stored" else said


@pytest.mark.parametrize("name", WRITABLE)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_batch_says_what_the_form_says(name, data, house, system):
    one = register(name)
    row, good = (samples.row(one, house.here, system) for _n in range(2))
    fields = [f for f in one.model._meta.concrete_fields if f.name in one.form and not f.is_relation]
    for field in data.draw(st.lists(st.sampled_from(fields), min_size=1, max_size=2, unique_by=lambda f: f.name)):
        setattr(row, field.attname, data.draw(BAD))
    twin = one.model(**{f.attname: getattr(row, f.attname) for f in one.model._meta.concrete_fields})
    if "unit" in {f.name for f in one.model._meta.fields}:
        twin.unit = row.unit
    proven = _settled(row) and sound(row)
    by_lot = _by_lot(one, twin)
    single, batch = (_without(found, by_lot) for found in (alone(system, one, row), together(system, one, twin, good)))
    assert batch == single or (single[0] == "broken" and batch[0] != "stored")
    assert not (proven and single[0] == "broken"), "what is proven can be stored"


def _settled(row) -> bool:
    try:
        row.settle()
    except (TypeError, ValueError, AttributeError, ObjectDoesNotExist):
        return False
    return True


@pytest.mark.parametrize("name", WRITABLE)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_proven_sound_passes_every_check_and_stays_as_it_is(name, data, house, system):
    one = register(name)
    row = samples.row(one, house.here, system)
    row.settle()
    field = data.draw(st.sampled_from([f for f in one.model._meta.concrete_fields if not f.is_relation]))
    setattr(row, field.attname, data.draw(BAD))
    if sound(row):
        before = write.values(row)
        row.full_clean(exclude=write._held(row), validate_unique=False, validate_constraints=False)
        assert write.values(row) == before


@pytest.mark.parametrize("name", WRITABLE)
def test_an_ordinary_row_is_proven_so_that_batches_are_quick(name, house, system):
    row = samples.row(register(name), house.here, system)
    row.settle()
    assert sound(row)


@pytest.mark.parametrize("model", sorted({one.model for one in registers()}, key=lambda m: m._meta.label))
def test_a_pile_stores_what_django_would(model, house, system):
    """Every column comes back the same, whichever way the row went in."""
    one = next(r for r in registers() if r.model is model)
    rows = [samples.row(one, house.here, system) for _n in range(2)]
    if model.ONE_BY_ONE:  # two that settle before either is stored would want the same place or number
        rows.pop()
    for row in rows:
        row.settle()
    pile.insert(rows)
    assert all(row.pk for row in rows)
    for row in rows:
        stored = model._default_manager.get(pk=row.pk)
        for field in model._meta.concrete_fields:
            kept, given = field.value_from_object(stored), field.value_from_object(row)
            if isinstance(kept, Sealed):
                kept, given = clear(kept), clear(given)
            assert kept == given, field.name
        for field in (f for f in model._meta.concrete_fields if isinstance(f, models.DateTimeField)):
            assert getattr(stored, field.attname) == getattr(row, field.attname)
    rows[0].version = 7
    pile.change(rows, bulk.written(model))
    assert model._default_manager.get(pk=rows[0].pk).version == 7
    follows = samples.saved(one, house.here, system)
    assert follows.pk > max(row.pk for row in rows), "the database counts on from the keys it was given"
