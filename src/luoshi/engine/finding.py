"""Words to conditions: names by characters, pinyin and initials; other fields by the characters they hold."""

from collections.abc import Sequence

from django.db.models import Q

from luoshi.kernel.names import terms

MOST_WORDS = 5


def words(text: str, fields: Sequence[str]) -> Q:
    """Rows in which every word is found in one of the fields; no word, no condition."""
    found = Q()
    for word in text.split()[:MOST_WORDS]:
        some = Q()
        for field in fields:
            some |= _named(field, word) if field.rsplit("__", 1)[-1] == "search" else Q((f"{field}__icontains", word))
        found &= some
    return found


def _named(field: str, word: str) -> Q:
    """The column `search` holds tokens, each behind a blank: every part of the word must begin one."""
    parts = terms(word)
    if not parts:
        return Q(pk__in=())
    condition = Q()
    for part in parts:
        condition &= Q((f"{field}__contains", f" {part}"))
    return condition
