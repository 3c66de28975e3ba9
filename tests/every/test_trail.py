"""Every way of writing leaves exactly one line in the trail; a refused one leaves none."""

import pytest
from django.core.exceptions import ValidationError

from luoshi.engine import bulk, samples, write
from luoshi.engine.register import register, registers
from luoshi.foundation import trail
from luoshi.foundation.trail import Line

WRITABLE = [one.name for one in registers() if one.form]


@pytest.mark.parametrize("name", WRITABLE)
def test_one_deed_one_line(name, house, system):
    one = register(name)
    row = samples.row(one, house.here, system)
    before = Line.objects.filter(register=name).count()
    write.save(system, one, row)
    assert Line.objects.filter(register=name, row=row.pk, verb="add").count() == 1
    write.withdraw(system, one, row, reason="重复登记")
    assert Line.objects.filter(register=name).count() == before + 2
    assert not list(trail.verify())


@pytest.mark.parametrize("name", WRITABLE)
def test_a_refused_row_leaves_nothing(name, house, system):
    one = register(name)
    row = samples.row(one, house.here, system)
    text = next(f for f in one.model._meta.fields if f.name in one.form and f.max_length)
    setattr(row, text.name, "长" * (text.max_length + 1))
    before = Line.objects.count(), one.base().count()
    with pytest.raises(ValidationError):
        write.save(system, one, row)
    assert (Line.objects.count(), one.base().count()) == before


@pytest.mark.parametrize("name", WRITABLE)
def test_a_batch_refuses_and_records_what_the_single_form_does(name, house, system):
    one = register(name)
    good, bad = samples.row(one, house.here, system), samples.row(one, house.here, system)
    text = next(f for f in one.model._meta.fields if f.name in one.form and f.max_length)
    setattr(bad, text.name, "长" * (text.max_length + 1))
    with pytest.raises(ValidationError) as alone:
        write.save(system, one, bad)
    bad.version = 0
    refused = bulk.save_many(system, one, [good, bad], batch="b1")
    assert list(refused) == [1]
    assert refused[1].messages == alone.value.messages
    (line,) = Line.objects.filter(batch="b1")
    assert line.row == good.pk
    assert trail.loads(line.data) == trail.loads(trail.canonical(write.difference({}, write.values(good))))
