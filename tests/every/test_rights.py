"""Rights of every register: each verb on each place against each route and each way of writing, from one table kept by hand."""

import json
import re
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from luoshi.engine import samples, write
from luoshi.engine.actor import actor_of
from luoshi.engine.register import register, registers
from luoshi.foundation.grants import EVERY, Verb

NAMES = [one.name for one in registers()]
WRITABLE = [one.name for one in registers() if one.form]
PLACES = ["above", "here", "beside", "below"]
VERBS = [None, Verb.SEE, Verb.ADD, Verb.CHANGE, Verb.MANAGE]
# One house serves all of a register's grants: a house for each would cost more than what is asked of it.
GRANTS = [(place, verb) for place in PLACES for verb in VERBS]

ROUTES = {"list": "/r/{name}/", "export": "/r/{name}/export.csv", "new": "/r/{name}/new/", "import": "/r/{name}/import/",
          "withdrawn": "/r/{name}/withdrawn/", "detail": "/r/{name}/{pk}/", "history": "/r/{name}/{pk}/history/",
          "edit": "/r/{name}/{pk}/edit/", "withdraw": "/r/{name}/{pk}/withdraw/", "api": "/api/{name}/",
          "api row": "/api/{name}/{pk}/"}
READING = {"list", "export", "detail", "history"}  # all that a register without a form has
SIGNS = {200: "yes", 302: "in", 401: "in", 403: "no", 404: "-"}


def tables() -> dict[str, tuple[list[str], list[str]]]:
    """Of each kind of register: the names that obey it and the lines of its table."""
    text = (Path(__file__).parent / "rights.txt").read_text(encoding="utf-8")
    found = re.findall(r"^(\w+): [^\n]+\n((?:  \w[^\n]+\n)+)\n((?: [^\n]+\n?)+)", text, re.MULTILINE)
    return {kind: (names.split(), table.splitlines()) for kind, names, table in found}


KINDS = tables()


def test_every_register_stands_under_one_table():
    said = [name for names, _table in KINDS.values() for name in names]
    assert sorted(said) == sorted(NAMES)
    assert set(KINDS["restricted"][0]) == {one.name for one in registers() if one.sensitive}
    assert set(KINDS["read"][0]) == {one.name for one in registers() if not one.form}


def line(place: str, verb: str, cells: list[str]) -> str:
    return (f"  {place:<8}{verb:<8}" + "".join(f"{cell:<10}" for cell in cells)).rstrip()


def answers(client: Client, one, row) -> list[str]:
    return [SIGNS[client.get(address.format(name=one.name, pk=row.pk)).status_code] if one.form or route in READING else ""
            for route, address in ROUTES.items()]


@pytest.mark.pure  # which rows a grant reaches is asked of both databases below
@pytest.mark.parametrize("name", NAMES)
def test_every_route_answers_by_the_table(name, house, system, grant, client_of):
    one = register(name)
    row = samples.saved(one, house.here, system)
    found = [line("", "", list(ROUTES))]
    for place, verb in GRANTS:
        client = client_of(grant(getattr(house, place), verb, name))
        found.append(line(place, verb.name.lower() if verb else "nothing", answers(client, one, row)))
    found.append(line("outside", "", answers(Client(), one, row)))
    assert found == next(table for names, table in KINDS.values() if name in names)


def reaches(place: str, *, sensitive: bool) -> bool:
    """Whether a grant at a place covers a row of `here`."""
    return place == "here" or (place == "above" and not sensitive)


@pytest.mark.parametrize("name", NAMES)
def test_rows_are_those_below_a_grant(name, house, system, grant):
    one = register(name)
    rows = {samples.saved(one, getattr(house, key), system).pk: key for key in ("here", "beside", "far")}
    seen, covered = {}, {"above": {"here", "beside"}, "here": {"here"}, "beside": {"beside"}, "below": set()}
    for place in PLACES:
        reader = actor_of(grant(getattr(house, place), Verb.SEE, name), system.today)
        seen[place] = {rows[pk] for pk in one.rows(reader).filter(pk__in=rows).values_list("pk", flat=True)}
    if one.sensitive:
        covered = {place: keys & {place} for place, keys in covered.items()}
    assert seen == covered


@pytest.mark.parametrize("name", NAMES)
def test_a_grant_for_every_register_opens_all_but_sensitive_ones(name, house, system, grant):
    one = register(name)
    row = samples.saved(one, house.here, system)
    reader = actor_of(grant(house.root, Verb.SEE, EVERY), system.today)
    assert one.rows(reader).filter(pk=row.pk).exists() is not one.sensitive


@pytest.mark.parametrize("name", WRITABLE)
def test_writing_obeys_the_same_table(name, house, system, grant):
    """Through the door itself: add, change, withdraw. Removing a check in the door must show here."""
    one = register(name)
    got, want = {}, {}
    for place, verb in GRANTS:
        writer = actor_of(grant(getattr(house, place), verb, name), system.today)
        inside = reaches(place, sensitive=one.sensitive) and verb is not None
        row = samples.saved(one, house.here, system)
        got[place, verb] = (
            allowed(samples.saved, one, house.here, writer),
            allowed(write.save, writer, one, one.model.objects.get(pk=row.pk)),
            allowed(write.withdraw, writer, one, one.model.objects.get(pk=row.pk), reason="重复"))
        want[place, verb] = (inside and verb >= Verb.ADD, inside and verb >= Verb.CHANGE, inside and verb >= Verb.CHANGE)
    assert got == want


@pytest.mark.parametrize("name", [n for n in WRITABLE if n != "unit"])
def test_a_row_cannot_be_moved_out_of_or_into_a_grant(name, house, system, grant):
    one = register(name)
    mine = actor_of(grant(house.here, Verb.MANAGE, name), system.today)
    row = samples.saved(one, house.here, system)
    row.unit = house.beside
    assert not allowed(write.save, mine, one, row)
    other = samples.saved(one, house.beside, system)
    other.unit = house.here
    assert not allowed(write.save, mine, one, other)
    assert one.model.objects.get(pk=row.pk).unit_id == house.here.pk
    assert one.model.objects.get(pk=other.pk).unit_id == house.beside.pk


@pytest.mark.parametrize("name", WRITABLE)
def test_the_api_refuses_to_write_for_who_may_only_see(name, house, system, grant, client_of):
    one = register(name)
    row = samples.saved(one, house.here, system)
    address = f"/api/{name}/{row.pk}/"
    seen = client_of(grant(house.here, Verb.SEE, name))
    assert seen.patch(address, json.dumps({}), content_type="application/json").status_code == 403
    assert seen.delete(f"{address}?reason=x").status_code == 403
    stranger = client_of(grant(house.beside, Verb.MANAGE, name))
    assert stranger.patch(address, json.dumps({}), content_type="application/json").status_code == 404
    assert stranger.delete(f"{address}?reason=x").status_code == 404


def allowed(act, *words, **more) -> bool:
    try:
        act(*words, **more)
    except PermissionDenied:
        return False
    return True
