"""The index on SQLite: one FTS5 table for each searched table, kept by triggers; a pile of new rows is entered at once.

Tokens: those of the column `search` as they are; of other texts every pair of neighbouring characters behind a dot.
A text too long for pairs is one sign that every question asks for too.
"""

from collections.abc import Callable
from typing import Any

from .declared import NAMES, Model, column

LONG, SHORT = 4000, 8  # characters
SIGN = "~"
# A trigger enters a row at five times the price of one statement for many, so it rests while a pile is stored. The word
# to rest is a row of a table: it is gone with the transaction, whatever happens in it, and there is one writer only.
REST = "luoshi_pile"
_MARKS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"  # nothing but blanks parts two tokens

Tokens = list[tuple[str, bool]]


def name(model: Model) -> str:
    return f"{model._meta.db_table}_finding"


def select(model: Model, fields: tuple[str, ...], at: int, most: int) -> str:
    table = name(model)
    return f"SELECT {at}, rowid FROM (SELECT rowid FROM {table} WHERE {table} MATCH %s LIMIT {most})"  # noqa: S608


def match(names: Tokens, pairs: Tokens) -> str:
    """The question in FTS5's own language: all of the one or all of the other."""
    either = [" AND ".join(f"{_quoted(token)}{'*' if open_end else ''}" for token, open_end in one)
              for one in (names, pairs) if one]
    return " OR ".join([f"({one})" for one in either] + [_quoted(SIGN)])


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'


def statements(model: Model, fields: tuple[str, ...]) -> dict[str, str]:
    """{name: statement} of the FTS5 table and its triggers, as the database keeps them."""
    table, home = name(model), model._meta.db_table
    marks = _MARKS.replace("'", "''").replace('"', '""')
    columns = [column(model, field) for field in fields]
    changed = " OR ".join(f'old."{one}" IS NOT new."{one}"' for one in columns)
    put = f"INSERT OR REPLACE INTO {table} (rowid, tokens) VALUES (new.id, {tokens(model, fields, 'new.')});"  # noqa: S608
    return {
        table: f'CREATE VIRTUAL TABLE {table} USING fts5(tokens, detail=none, columnsize=0, '
               f'tokenize="ascii tokenchars \'{marks}\'")',
        f"{table}_add": f"CREATE TRIGGER {table}_add AFTER INSERT ON {home} "  # noqa: S608
                        f"WHEN NOT EXISTS (SELECT 1 FROM {REST} WHERE home = '{home}') BEGIN {put} END",
        f"{table}_change": f"CREATE TRIGGER {table}_change AFTER UPDATE ON {home} WHEN {changed} BEGIN {put} END",
        f"{table}_drop": f"CREATE TRIGGER {table}_drop AFTER DELETE ON {home} "  # noqa: S608
                         f"BEGIN DELETE FROM {table} WHERE rowid = old.id; END",
    }


def tokens(model: Model, fields: tuple[str, ...], row: str = "") -> str:
    """The SQL expression of a row's tokens."""
    parts = [f'{row}"{column(model, one)}"' if one == NAMES else _pairs(f'{row}"{column(model, one)}"')
             for one in fields]
    return " || ' ' || ".join(f"coalesce({part}, '')" for part in parts)


def _pairs(text: str) -> str:
    """The pairs of a text; those of a short one, as names and numbers are, written out: a third of the price."""
    short = " || ".join([f"'.' || substr(upper({text}), 1, 2)", *(
        f"CASE WHEN length({text}) < {i} THEN '' ELSE ' .' || substr(upper({text}), {i}, 2) END" for i in range(2, SHORT + 1))])
    return (f"CASE WHEN length({text}) > {LONG} THEN '{SIGN}' WHEN length({text}) <= {SHORT} THEN {short} "  # noqa: S608
            f"ELSE (WITH RECURSIVE n(i) AS "
            f"(SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < length({text})) "
            f"SELECT group_concat('.' || substr(upper({text}), i, 2), ' ') FROM n) END")


def enter(cursor: Any, model: Model, fields: tuple[str, ...], store: Callable[[], None], keys: Callable[[], tuple[int, int]]
          ) -> None:
    """Store a pile of new rows and enter them, one statement for all; `keys` gives their first and last key afterwards."""
    home = model._meta.db_table
    cursor.execute(f"INSERT INTO {REST} (home) VALUES (%s)", [home])  # noqa: S608
    store()
    cursor.execute(_fill(model, fields) + " WHERE id BETWEEN %s AND %s", keys())
    cursor.execute(f"DELETE FROM {REST} WHERE home = %s", [home])  # noqa: S608


def stands(cursor: Any, model: Model, fields: tuple[str, ...]) -> bool:
    """Whether table and triggers stand exactly as declared: a remade table has lost its triggers."""
    wanted = statements(model, fields)
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE name LIKE %s", [f"{name(model)}%"])
    stored = dict(cursor.fetchall())
    return all(stored.get(one) == sql for one, sql in wanted.items())


def make(cursor: Any, model: Model, fields: tuple[str, ...]) -> None:
    """Take down what stands, make it again and fill it from the rows."""
    table = name(model)
    for one in (f"{table}_add", f"{table}_change", f"{table}_drop"):
        cursor.execute(f"DROP TRIGGER IF EXISTS {one}")
    cursor.execute(f"DROP TABLE IF EXISTS {table}")
    cursor.execute(f"CREATE TABLE IF NOT EXISTS {REST} (home text PRIMARY KEY)")
    for sql in statements(model, fields).values():
        cursor.execute(sql.replace("%", "%%"), [])
    cursor.execute(_fill(model, fields))


def _fill(model: Model, fields: tuple[str, ...]) -> str:
    return (f'INSERT INTO {name(model)} (rowid, tokens) SELECT id, {tokens(model, fields)} '  # noqa: S608
            f'FROM "{model._meta.db_table}"')
