"""Rows that the preview has shown sound are not judged twice on the same day; all that may have changed is asked again."""

from datetime import timedelta

import pytest

from luoshi.engine import samples, write
from luoshi.engine.actor import actor_of
from luoshi.engine.models import Batch
from luoshi.engine.register import register, registers
from luoshi.engine.transfer import batches, sheets, writing
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Person

HEADER = ["单位", "姓名", "工号", "入党日期"]
CONTAINED = [one.name for one in registers() if one.model.SELF_CONTAINED]


@pytest.fixture
def checked(house, grant):
    """A checked roster of three persons, and who sent it."""
    actor = actor_of(grant(house.above, Verb.MANAGE, register="person"))
    rows = [[house.beside.name, f"王{c}", f"N{n}", "2010-07-01"] for n, c in enumerate("文远书")]
    job = batches.take(actor, register("person"), sheets.write_csv(HEADER, rows), "人员.csv")
    batches.check(job, actor, lambda *_step: None)
    batch = Batch.objects.latest("pk")
    assert batch.counts == {"new": 3}
    return actor, batch


@pytest.fixture
def asked(monkeypatch):
    """The names of the persons whose rules were asked; those called 王远 are refused."""
    found, problems = [], Person.problems

    def listen(self, **more):
        found.append(self.name)
        yield from problems(self, **more)
        if self.name == "王远":
            yield "name", "不行"

    monkeypatch.setattr(Person, "problems", listen)
    return found


def test_the_same_day_asks_no_rule_again(checked, asked):
    actor, batch = checked
    assert writing.write_batch(actor, batch) == {"new": 3}
    assert asked == []


def test_another_day_or_another_release_asks_every_rule(checked, asked):
    actor, batch = checked
    batch.stamp = batches.stamp(actor.today - timedelta(days=1))
    batch.save()
    assert writing.write_batch(actor, batch) == {"new": 2, "error": 1}
    assert asked == ["王文", "王远", "王书"]
    assert batch.rows.get(state="error").reasons[0][1].endswith("不行")


def test_a_number_taken_meanwhile_is_refused(checked, house, system):
    actor, batch = checked
    samples.saved(register("person"), house.far, system, name="别人", number="N1")
    assert writing.write_batch(actor, batch) == {"new": 2, "error": 1}


def test_a_unit_that_ended_meanwhile_takes_nothing(checked, house, system):
    actor, batch = checked
    house.beside.until = actor.today
    write.save(system, register("unit"), house.beside)
    assert writing.write_batch(actor, batch) == {"error": 3}


def test_a_right_withdrawn_meanwhile_writes_nothing(checked, house, grant):
    _actor, batch = checked
    other = actor_of(grant(house.far, Verb.MANAGE, register="person"))
    assert writing.write_batch(other, batch) == {"error": 3}
    assert not register("person").base().filter(number__in=["N0", "N1", "N2"]).exists()


@pytest.mark.parametrize("name", CONTAINED)
def test_rules_that_say_so_ask_nothing_but_the_row(name, house, system, django_assert_num_queries):
    one = register(name)
    row = samples.row(one, house.here, system)
    row.settle()
    for link in [f.name for f in one.model._meta.fields if f.is_relation]:
        row._state.fields_cache.pop(link, None)  # to read it would be a query
    with django_assert_num_queries(0):
        list(row.problems(today=system.today))
