"""A statement that fails anywhere in a write leaves the state before or after, never between; doubles make one row."""

import threading
from contextlib import contextmanager, nullcontext

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from luoshi.engine import bulk, samples, write
from luoshi.engine.actor import actor_of, system_actor
from luoshi.engine.models import Batch, Receipt
from luoshi.engine.register import register
from luoshi.engine.transfer import batches, sheets, writing
from luoshi.foundation import trail
from luoshi.foundation.grants import Verb

from ..conftest import TODAY
from .states import whole_state

MOST = 200  # statements a swept deed may need
SESSION = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


class Broken(DatabaseError):
    """What the cursor raises at the chosen statement."""


@contextmanager
def failing_at(k: int):
    """Let k-1 statements pass and fail at the k-th; gives a list that is not empty once it failed."""
    passed, failed = [0], []

    def wrapper(execute, sql, params, many, context):
        if not sql.lstrip().upper().startswith(SESSION):
            passed[0] += 1
            if passed[0] == k:
                failed.append(sql)
                raise Broken(f"statement {k}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield failed


def sweep(make, act, *, first: bool = False) -> tuple[int, list[int]]:
    """Fail every statement of a deed in turn; (statements swept, those after which the state was neither of the two)."""
    between, touched = [], []
    for k in range(1, MOST):
        subject = make()
        before = whole_state()
        done = False
        with failing_at(k) as failed:
            try:
                act(subject)
                done = True
            except (Broken, ValidationError):  # a question to the database that failed may count as a refusal
                assert failed
        after = whole_state()
        if done:  # the fault was survived: then the whole deed is there
            touched.append({label for label in after if after[label] != before[label]})
        elif after != before:
            between.append(k)
            if first:
                return k, between
        if not failed:
            assert touched[-1], "the deed without a fault changes something"
            assert all(one == touched[-1] for one in touched)
            assert not list(trail.verify())
            return k - 1, between
    raise AssertionError(f"more than {MOST} statements")


@pytest.fixture
def deeds(house, system, grant):
    """name → (what to prepare, what to do); each is swept."""
    one = register("meeting")
    clerk = actor_of(grant(house.above, Verb.MANAGE), TODAY)
    people = [samples.person(house.here) for _n in range(2)]

    def lines():
        relation = one.model._meta.get_field("absences").related_model
        return {"absences": [relation(person=p, reason="leave") for p in people]}

    def new_key():
        return f"key {next(samples._numbers)}"

    def fresh(n=1):
        return [samples.row(one, house.here, clerk, topic=f"议题{next(samples._numbers)}") for _n in range(n)]

    def stored():
        row = samples.saved(one, house.here, system, topic=f"议题{next(samples._numbers)}")
        row.topic += "，改过"
        return row

    def file():
        header = [str(one.model._meta.get_field(n).verbose_name) for n in (
            "unit", "kind", "held_on", "topic", "expected", "present")]
        old = samples.saved(one, house.here, system)
        made = [[house.here.code, "支部党员大会", f"2026-03-0{n}", f"导入{next(samples._numbers)}", 20, 18] for n in (1, 2, 3)]
        made.append([house.here.code, "支部党员大会", str(old.held_on), old.topic, 20, 18])
        with transaction.atomic():
            batches.take(clerk, one, sheets.write_csv(header, made), "a.csv")
            batch = Batch.objects.latest("pk")
            batches.check(type("J", (), {"payload": {"batch": batch.pk}})(), clerk, lambda *_a: None)
        return Batch.objects.get(pk=batch.pk)

    def written():
        batch = file()
        writing.write_batch(clerk, batch)
        return batch

    return {
        "add with parts": (lambda: fresh()[0], lambda row: write.save(clerk, one, row, lines=lines(), key=new_key())),
        "change": (stored, lambda row: write.save(clerk, one, row, lines=lines(), key=new_key())),
        "withdraw": (stored, lambda row: write.withdraw(clerk, one, row, reason="重复")),
        "many": (lambda: fresh(4), lambda rows: bulk.save_many(clerk, one, rows, batch="b")),
        "import": (file, lambda batch: writing.write_batch(clerk, batch)),
        "undo": (written, lambda batch: writing.undo(clerk, batch)),
    }


@pytest.mark.parametrize("deed", ["add with parts", "change", "withdraw", "many", "import", "undo"])
def test_a_failed_statement_leaves_nothing_behind(deeds, deed):
    make, act = deeds[deed]
    swept, between = sweep(make, act)
    assert swept >= 5
    assert between == []


@pytest.mark.parametrize("deed", ["add with parts", "many", "import", "undo"])
def test_without_the_transaction_the_sweep_notices(deeds, deed, monkeypatch):
    """The control: a build whose transactions do nothing must be caught by the same sweep."""
    make, act = deeds[deed]

    def careless(subject):
        with monkeypatch.context() as patch:
            patch.setattr(transaction, "atomic", lambda *_a, **_k: nullcontext())
            act(subject)

    def on_its_own(subject):
        with savepoint_free():
            careless(subject)

    _swept, between = sweep(make, on_its_own, first=True)
    assert between, "the sweep would not notice a lost transaction"


@contextmanager
def savepoint_free():
    """Errors inside must not mark the test's own transaction as broken."""
    try:
        yield
    finally:
        connection.needs_rollback = False


def test_the_trail_is_part_of_the_deed(house, system, monkeypatch):
    """Where the line cannot be written, the record is not either."""
    one = register("meeting")
    row = samples.row(one, house.here, system)
    before = whole_state()

    def fails(*_a, **_k):
        raise Broken("trail")

    monkeypatch.setattr(trail, "append", fails)
    with pytest.raises(Broken):
        write.save(system, one, row)
    assert whole_state() == before


def together(count: int, act) -> list:
    """Run `act(n)` in threads that start at one moment; what each returned or raised."""
    gate, found = threading.Barrier(count), [None] * count

    def run(n):
        try:
            gate.wait(10)
            found[n] = act(n)
        except Exception as error:
            found[n] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    return found


@pytest.fixture
def place(transactional_db):
    """One stored unit, in a database that threads share."""
    from luoshi.foundation.units import Body

    return samples.unit(system_actor(TODAY), "机关党委", body=Body.COMMITTEE)


def test_the_same_submission_from_many_threads_makes_one_row(place):
    one, system = register("meeting"), system_actor(TODAY)
    rows = [samples.row(one, place, system) for _n in range(6)]
    found = together(6, lambda n: write.save(system, one, rows[n], key="one key"))
    saved = [f for f in found if isinstance(f, one.model)]
    assert len(saved) == 1, found
    assert {f.pk for f in found if isinstance(f, write.Repeated)} == {saved[0].pk}
    assert sum(isinstance(f, write.Repeated) for f in found) == 5
    assert one.base().count() == 1
    assert Receipt.objects.get().row == saved[0].pk
    assert trail.Line.objects.filter(register="meeting").count() == 1
    assert not list(trail.verify())


def test_of_many_editors_one_saves_and_the_others_are_shown_it(place):
    one, system = register("meeting"), system_actor(TODAY)
    row = samples.saved(one, place, system)

    def edit(n):
        mine = one.model.objects.get(pk=row.pk)
        gate.wait(10)
        mine.topic = f"编辑{n}"
        return write.save(system, one, mine)

    gate = threading.Barrier(5)
    found = together(5, edit)
    (saved,) = [f for f in found if isinstance(f, one.model)]
    assert [type(f) for f in found if f is not saved] == [write.Conflict] * 4
    row.refresh_from_db()
    assert (row.topic, row.version) == (saved.topic, 2)
    assert all(f.stored.topic == saved.topic for f in found if isinstance(f, write.Conflict))
    assert not list(trail.verify())


def test_threads_that_write_different_rows_keep_one_chain(place):
    one, system = register("meeting"), system_actor(TODAY)
    rows = [samples.row(one, place, system) for _n in range(8)]
    found = together(8, lambda n: write.save(system, one, rows[n]))
    assert all(isinstance(f, one.model) for f in found), found
    assert sorted(trail.Line.objects.filter(register="meeting").values_list("seq", flat=True)) == list(range(1, 9))
    assert not list(trail.verify())


def test_a_double_click_on_write_and_on_undo_is_one(place):
    one, system = register("meeting"), system_actor(TODAY)
    header = [str(one.model._meta.get_field(n).verbose_name) for n in (
        "unit", "kind", "held_on", "topic", "expected", "present")]
    upload = SimpleUploadedFile("a.csv", sheets.write_csv(header, [[place.code, "支部党员大会", "2026-03-01", "导入", 9, 8]]))
    batches.take(system, one, upload.read(), "a.csv")
    batch = Batch.objects.get()
    assert batch.state == Batch.State.READY
    found = together(4, lambda _n: writing.write_batch(system, Batch.objects.get(pk=batch.pk)))
    assert sum(isinstance(f, dict) for f in found) == 1, found
    assert one.base().count() == 1
    found = together(4, lambda _n: writing.undo(system, Batch.objects.get(pk=batch.pk)))
    assert sum(f is None for f in found) == 1, found
    assert one.base().count() == 0
    assert not list(trail.verify())
