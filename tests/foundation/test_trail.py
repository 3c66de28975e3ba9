"""The trail is append-only, and one flipped bit anywhere in it is found."""

import random
import sqlite3
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from luoshi.foundation import trail
from luoshi.foundation.trail import Deed, Head, Line

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
COLUMNS = ["at", "actor", "actor_name", "verb", "register", "row", "unit", "batch", "reason", "data", "previous", "hash"]


def write(n: int, place: str = "00010001") -> None:
    trail.append([Deed("add", "meeting", i, 1, place, {"topic": [None, f"议题{i}"]}) for i in range(n)],
                 actor=7, actor_name="李芳", at=AT)


@pytest.fixture
def unlocked(db):
    """What someone can do who works past the product with the owner's rights: without the triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER trail_no_update")
            cursor.execute("DROP TRIGGER trail_no_delete")
        else:
            cursor.execute("DROP TRIGGER trail_no_change ON foundation_line")


@pytest.mark.django_db
def test_lines_cannot_be_changed_or_deleted():
    write(3)
    for statement in ("UPDATE foundation_line SET reason = 'x'", "DELETE FROM foundation_line"):
        with pytest.raises((DatabaseError, sqlite3.Error)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Line.objects.count() == 3
    assert not list(trail.verify())


@pytest.mark.parametrize("seed", range(60))
def test_a_changed_value_is_found_at_its_line(unlocked, seed):
    write(20)
    dice = random.Random(seed)
    seq, column = dice.randint(1, 20), dice.choice(COLUMNS)
    line = Line.objects.get(seq=seq)
    value = getattr(line, column)
    if isinstance(value, str):
        at = dice.randrange(len(value)) if value else 0
        changed = value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1:] if value else "x"
    elif isinstance(value, datetime):
        changed = value.replace(microsecond=value.microsecond ^ 1)
    else:
        changed = value ^ 1
    Line.objects.filter(pk=line.pk).update(**{column: changed})
    (found,) = trail.verify()
    assert found.seq == seq


def test_a_missing_a_swapped_and_a_cut_off_line_are_found(unlocked):
    write(10)
    write(10, place="00010002")
    Line.objects.filter(stream="00010001", seq=4).delete()
    assert [(b.stream, b.seq, b.why) for b in trail.verify()] == [("00010001", 4, "missing")]
    Line.objects.filter(stream="00010002", seq=10).delete()
    assert [(b.stream, b.seq) for b in trail.verify()] == [("00010001", 4), ("00010002", 10)]


def test_removing_the_head_is_found(unlocked):
    write(2)
    Head.objects.all().delete()
    assert [b.why for b in trail.verify()] == ["truncated"]


PLAIN = st.one_of(st.none(), st.booleans(), st.integers(), st.dates(), st.text(max_size=8))
NESTED = st.one_of(PLAIN, st.floats(allow_nan=False), st.datetimes(), st.lists(PLAIN, max_size=3),
                   st.dictionaries(st.text(max_size=3), PLAIN, max_size=2))


@given(st.dictionaries(st.text(max_size=6), st.lists(NESTED, max_size=3), max_size=5))
def test_what_is_put_together_at_once_is_what_the_encoder_writes(data):
    """The text of a line is hashed: a shorter way to it must lead to the same characters."""
    assert trail.canonical(data) == trail._encoder.encode(data)


@given(st.dictionaries(st.text(max_size=6), st.tuples(PLAIN, PLAIN).map(list), min_size=1, max_size=5))
def test_plain_pairs_take_the_shorter_way(data):
    assert trail._pairs(data) == trail._encoder.encode(data)
