"""Makes the indexes of the searched tables: after each migration where one is missing, and again by command."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection, connections, transaction

from luoshi.foundation import pile

from .ask import declared, engine
from .declared import Model, column, fields


def ensure(using: str = "default", **_signal: Any) -> None:
    """Make what is missing or was declared otherwise; asked after each migration, so that no migration names it.

    A table that SQLite remakes in a migration loses its triggers; it is seen here and filled again.
    """
    _make(using, again=False)


def rebuild(using: str = "default") -> list[str]:
    """Make every index again from the rows; the tables' names."""
    return _make(using, again=True)


def insert(rows: Sequence[Any]) -> None:
    """Store new rows without keys, all of one model, and enter them into its index. Raises IntegrityError.

    PostgreSQL keeps an index of an expression itself; on SQLite the pile is entered as a whole.
    """
    model = type(rows[0]) if rows else None
    names = declared().get(model) if model else None
    if model is None or names is None or connection.vendor != "sqlite":
        pile.insert(rows)
        return
    with connection.cursor() as cursor:
        engine("sqlite").enter(cursor, model, names, lambda: pile.insert(rows), lambda: (rows[0].pk, rows[-1].pk))


def _make(using: str, *, again: bool) -> list[str]:
    connection = connections[using]
    adapter, made = engine(connection.vendor), []
    for model, names in _there(connection):
        with transaction.atomic(using=using), connection.cursor() as cursor:
            if again or not adapter.stands(cursor, model, names):
                adapter.make(cursor, model, names)
                made.append(model._meta.db_table)
    return made


def _there(connection: Any) -> Iterator[tuple[Model, tuple[str, ...]]]:
    """The declared tables whose columns exist: a migration may stop half way."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for model, names in fields().items():
            home = model._meta.db_table
            if home in tables:
                there = {one.name for one in connection.introspection.get_table_description(cursor, home)}
                if {column(model, name) for name in names} <= there:
                    yield model, names
