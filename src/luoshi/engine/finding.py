"""Words to conditions: names by characters, pinyin and initials; other fields by the characters they hold."""

from collections.abc import Sequence

from django.db import models
from django.db.models import Q

from luoshi.kernel.names import terms

from . import indexing
from .indexing.declared import owner_of

MOST_WORDS = 5


def words(text: str, fields: Sequence[str], model: type[models.Model] | None = None) -> Q:
    """Rows in which every word is found in one of the fields; no word, no condition.

    With the model, the search index names the few rows that can hold a word, and the condition is asked of those
    alone; the rows found are the same without it.
    """
    found = Q()
    asked = text.split()[:MOST_WORDS]
    for word in asked:
        some = Q()
        for field in fields:
            some |= _named(field, word) if field.rsplit("__", 1)[-1] == "search" else Q((f"{field}__icontains", word))
        found &= some
    return _few(asked, fields, model) & found if model else found


def _named(field: str, word: str) -> Q:
    """The column `search` holds tokens, each behind a blank: every part of the word must begin one."""
    parts = terms(word)
    if not parts:
        return Q(pk__in=())
    condition = Q()
    for part in parts:
        condition &= Q((f"{field}__contains", f" {part}"))
    return condition


def _few(asked: Sequence[str], fields: Sequence[str], model: type[models.Model]) -> Q:
    """The rows that can hold the words, by their keys, as far as the index knows few; one statement for all words."""
    ways: dict[str, list[str]] = {}
    for field in fields:
        way, _gap, last = field.rpartition("__")
        ways.setdefault(way, []).append(last)
    groups: list[indexing.Group] = []
    spots = []
    for word in asked:
        fitting = [indexing.fit(_owner(model, way, names[0]), names, word) for way, names in ways.items()]
        if all(fitting):
            spots.append(range(len(groups), len(groups) + len(fitting)))
            groups += [one for one in fitting if one]
    keys, condition = indexing.candidates(groups), Q()
    for spot in spots:
        its = [(way, keys[at]) for way, at in zip(ways, spot, strict=True)]
        if all(one is not None for _way, one in its):
            some = Q()
            for way, one in its:
                some |= Q((f"{way or 'pk'}__in", one))
            condition &= some
    return condition


def _owner(model: type[models.Model], way: str, last: str) -> type[models.Model]:
    return owner_of(model, f"{way}__{last}" if way else last)[0] or model
