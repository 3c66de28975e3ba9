"""The index on PostgreSQL: one GIN index for each searched table over an expression, so that nothing has to be kept.

Tokens are those of the index on SQLite: the column `search` in its parts, other texts as pairs behind a dot.
"""

from hashlib import sha256
from typing import Any

from .declared import NAMES, Model, column
from .sqlite import LONG, SIGN, Tokens

# Dear on purpose: the planner shall ask the index instead of working tokens out for every row. Not parallel: to start
# workers takes longer than the index takes to answer.
FUNCTIONS = (
    """CREATE OR REPLACE FUNCTION luoshi_parts(found text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL RESTRICTED COST 5000
       AS $$ SELECT array_remove(string_to_array(coalesce(found, ''), ' '), '') $$""",
    f"""CREATE OR REPLACE FUNCTION luoshi_pairs(found text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL RESTRICTED COST 5000
       AS $$ SELECT CASE WHEN length(found) > {LONG} THEN ARRAY['{SIGN}'] ELSE coalesce(
         (SELECT array_agg('.' || substr(upper(found), i, 2)) FROM generate_series(1, length(upper(found))) AS i),
         ARRAY[]::text[]) END $$""",  # noqa: S608
)


def name(model: Model, fields: tuple[str, ...]) -> str:
    """Carries a digest of what is indexed: another declaration is another index."""
    home = model._meta.db_table
    digest = sha256("".join([home, tokens(model, fields), *FUNCTIONS]).encode()).hexdigest()[:8]
    return f"{home[:40]}_finding_{digest}"


def tokens(model: Model, fields: tuple[str, ...]) -> str:
    """The SQL expression that is indexed; a question repeats it letter by letter."""
    parts = [f'{"luoshi_parts" if one == NAMES else "luoshi_pairs"}("{column(model, one)}")' for one in fields]
    return f"array_to_tsvector({' || '.join(parts)})"


def select(model: Model, fields: tuple[str, ...], at: int, most: int) -> str:
    home = model._meta.db_table
    return (f'SELECT {at}, id FROM (SELECT id FROM "{home}" WHERE {tokens(model, fields)} @@ %s::tsquery '  # noqa: S608
            f"LIMIT {most}) AS found{at}")


def match(names: Tokens, pairs: Tokens) -> str:
    """The question as a tsquery: all of the one or all of the other."""
    either = [" & ".join(f"{_quoted(token)}{':*' if open_end else ''}" for token, open_end in one)
              for one in (names, pairs) if one]
    return " | ".join([f"({one})" for one in either] + [_quoted(SIGN)])


def _quoted(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def stands(cursor: Any, model: Model, fields: tuple[str, ...]) -> bool:
    cursor.execute("SELECT 1 FROM pg_indexes WHERE schemaname = current_schema() AND indexname = %s",
                   [name(model, fields)])
    return cursor.fetchone() is not None


def make(cursor: Any, model: Model, fields: tuple[str, ...]) -> None:
    """Take down any earlier index of the table and make the declared one."""
    for sql in FUNCTIONS:
        cursor.execute(sql)
    home = model._meta.db_table
    cursor.execute("SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND tablename = %s "
                   "AND indexname LIKE %s", [home, f"{home[:40]}\\_finding\\_%"])
    for (old,) in cursor.fetchall():
        cursor.execute(f'DROP INDEX "{old}"')
    cursor.execute(f'CREATE INDEX "{name(model, fields)}" ON "{home}" USING gin ({tokens(model, fields)})')
