"""Many rows of one kind stored at once: prepared values in one statement a pile, COPY where the database has it.

The rows get their keys and are as good as saved. Nothing is asked here; who may and what is right was asked before.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from operator import attrgetter
from typing import Any

from django.db import connection, models

COPIED = 50  # from so many rows on COPY is quicker than INSERT
SIZE = 8000  # rows in one statement: bounds the memory of the prepared values


@contextmanager
def unhurried() -> Iterator[None]:
    """Work on one pile without looking for circular garbage: all of its rows live until its end and would be looked through
    again and again, to find nothing."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def insert(rows: Sequence[models.Model]) -> None:
    """Store new rows of one model inside the caller's transaction; each gets its key. Raises IntegrityError.

    Rows without a key get the next ones; rows that have one keep it (all or none of a pile).
    """
    if not rows:
        return
    model = type(rows[0])
    keys = iter(reserve(model, len(rows)) if rows[0].pk is None and model._meta.auto_field else ())
    prepare, name = _prepared(model, model._meta.concrete_fields, True), model._meta.pk.attname
    for start in range(0, len(rows), SIZE):
        some = rows[start:start + SIZE]
        for row, key in zip(some, islice(keys, len(some)), strict=False):
            row.__dict__[name] = key
        write(model, columns_of(model), [prepare(row) for row in some])
    alias = connection.alias
    for row in rows:
        row._state.adding, row._state.db = False, alias


def write(model: type[models.Model], columns: Sequence[str], values: Iterable[Sequence[Any]]) -> None:
    """Insert prepared values; the caller knows their form. Raises IntegrityError."""
    values = values if isinstance(values, list) else list(values)
    if not values:
        return
    quote = connection.ops.quote_name
    table, named = quote(model._meta.db_table), ", ".join(map(quote, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and len(values) >= COPIED:
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
                for one in values:
                    copy.write_row(one)
        else:
            cursor.executemany(f"INSERT INTO {table} ({named}) VALUES ({_marks(columns)})", values)  # noqa: S608


def change(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Store these fields of rows that exist, one prepared statement for all. Raises IntegrityError."""
    if not rows:
        return
    model = type(rows[0])
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    prepare = _prepared(model, (*fields, model._meta.pk), False)
    for start in range(0, len(rows), SIZE):
        rewrite(model, [field.column for field in fields], [prepare(row) for row in rows[start:start + SIZE]])


def rewrite(model: type[models.Model], columns: Sequence[str], values: Sequence[Sequence[Any]]) -> None:
    """Update prepared values, the key at the end of each; the caller knows their form. Raises IntegrityError."""
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(column)} = %s" for column in columns)
    with connection.cursor() as cursor:
        if values:
            cursor.executemany(f"UPDATE {quote(model._meta.db_table)} SET {sets} "  # noqa: S608
                               f"WHERE {quote(str(model._meta.pk.column))} = %s", list(values))


def reserve(model: type[models.Model], count: int) -> Sequence[int]:
    """The next keys of a table, nobody else's: from its sequence; on SQLite past the last one, as there is one writer."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                           [connection.ops.quote_name(table), str(model._meta.pk.column), count])
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
    return range(last + 1, last + 1 + count)


def columns_of(model: type[models.Model], *, key: bool = True) -> list[str]:
    """The stored columns of a model, in the order of its fields; without the key where the database gives it."""
    return [str(field.column) for field in model._meta.concrete_fields if key or not field.primary_key]


def _marks(columns: Sequence[str]) -> str:
    return ", ".join(["%s"] * len(columns))


def _prepared(model: type[models.Model], fields: tuple[Any, ...], adding: bool) -> Callable[[Any], tuple[Any, ...]]:
    """A row as the values the database takes, in the order of the fields; rows of one pile share the moment they are stored."""
    steps = _steps(model, fields)
    take = attrgetter(*(step[1] for step in steps)) if len(steps) > 1 else lambda row: (getattr(row, steps[0][1]),)
    asking = [(at, field) for at, (field, _name, asks, timed, _plain) in enumerate(steps) if asks and not timed]
    timing = [field for field, _name, _asks, timed, _plain in steps if timed]
    doubtful: dict[tuple[type, ...], list[int]] = {}  # the classes of a row's values → places that need converting
    moments: dict[str, Any] = {}
    made: dict[int, tuple[Any, Any]] = {}  # the last moment of a column and its form: most rows have the same

    def time(field: Any, row: Any) -> None:
        if field.auto_now or (field.auto_now_add and adding):
            if field.attname not in moments:
                moments[field.attname] = field.pre_save(row, adding)
            row.__dict__[field.attname] = moments[field.attname]

    def converted(at: int, value: Any) -> Any:
        kind = value.__class__
        if kind is date and date in steps[at][4]:
            return value.isoformat()  # both databases read a day so
        if kind is not datetime:
            return steps[at][0].get_db_prep_save(value, connection)
        last = made.get(at)
        if last is None or last[0] is not value:
            last = made[at] = (value, steps[at][0].get_db_prep_save(value, connection))
        return last[1]

    def prepare(row: Any) -> tuple[Any, ...]:
        for field in timing:
            time(field, row)
        asked = [(at, field.pre_save(row, adding)) for at, field in asking]
        found = list(take(row))
        for at, value in asked:
            found[at] = value
        classes = tuple(map(type, found))
        places = doubtful.get(classes)
        if places is None:
            places = doubtful[classes] = [at for at, kind in enumerate(classes) if kind is date or kind not in steps[at][4]]
        for at in places:
            found[at] = converted(at, found[at])
        return tuple(found)

    return prepare


@lru_cache(maxsize=256)
def _steps(model: type[models.Model], fields: tuple[Any, ...]) -> list[tuple[Any, str, bool, bool, frozenset[type]]]:
    """(field, attribute, asked before storing, a moment, classes that need no conversion) of each field."""
    return [(field, field.attname, _pre_saves(field), isinstance(field, models.DateTimeField), _plain(field))
            for field in fields]


def _pre_saves(field: Any) -> bool:
    return type(field).pre_save is not models.Field.pre_save and not (
        isinstance(field, models.DateField | models.TimeField) and not field.auto_now and not field.auto_now_add)


PLAIN = {models.CharField: str, models.TextField: str, models.IntegerField: int, models.BooleanField: bool,
         models.ForeignKey: int, models.DateField: date}


def _plain(field: Any) -> frozenset[type]:
    """Classes of values that go to both databases unchanged: texts, whole numbers, booleans, keys and days.

    Every way from value to parameter must be Django's own: a field that seals or packs its value is always asked.
    """
    if not all(_own(field, name) for name in ("get_prep_value", "get_db_prep_value", "get_db_prep_save")):
        return frozenset()
    own = {kind for model_field, kind in PLAIN.items() if isinstance(field, model_field)}
    return frozenset(own - {date} | {type(None)} if isinstance(field, models.DateTimeField) else own | {type(None)})


def _own(field: Any, name: str) -> bool:
    return str(getattr(type(field), name).__module__).startswith("django.db.models.fields")
