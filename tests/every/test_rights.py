"""Rights of every register: each verb on each place against each route and each way of writing, from one table."""

import json

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
VERBS = [Verb.SEE, Verb.ADD, Verb.CHANGE, Verb.MANAGE]
# One house serves all of them: a house for each would cost more than what is asked of it.
GRANTS = [(None, "here"), *((verb, place) for verb in VERBS for place in PLACES)]

# What a grant of a verb opens, whatever the register: this table is written by hand and not derived.
NEEDS = {"list": Verb.SEE, "detail": Verb.SEE, "history": Verb.SEE, "export": Verb.SEE, "new": Verb.ADD,
         "import": Verb.ADD, "edit": Verb.CHANGE, "withdraw": Verb.CHANGE}
OF_ONE_ROW = {"detail", "history", "edit", "withdraw"}


def reaches(place: str, *, sensitive: bool) -> bool:
    """Whether a grant at a place covers a row of `here`."""
    return place == "here" or (place == "above" and not sensitive)


def address(route: str, name: str, pk: int) -> str:
    base = f"/r/{name}/"
    return {"list": base, "export": f"{base}export.csv", "new": f"{base}new/", "import": f"{base}import/",
            "detail": f"{base}{pk}/", "history": f"{base}{pk}/history/", "edit": f"{base}{pk}/edit/",
            "withdraw": f"{base}{pk}/withdraw/"}[route]


def expected(route: str, verb, place: str, *, sensitive: bool) -> int:
    if verb is None:
        return 403
    if route not in OF_ONE_ROW:
        return 200 if verb >= NEEDS[route] else 403
    if not reaches(place, sensitive=sensitive):
        return 404
    return 200 if verb >= NEEDS[route] else 403


@pytest.mark.parametrize("name", NAMES)
def test_every_route_answers_by_the_table(name, house, system, grant, client_of):
    one = register(name)
    row = samples.saved(one, house.here, system)
    routes = [r for r in NEEDS if one.form or NEEDS[r] == Verb.SEE]
    got, want = {}, {}
    for verb, place in GRANTS:
        client = client_of(grant(getattr(house, place), verb, name))
        for route in routes:
            got[verb, place, route] = client.get(address(route, name, row.pk)).status_code
            want[verb, place, route] = expected(route, verb, place, sensitive=one.sensitive)
    assert got == want


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
    for verb, place in GRANTS:
        writer = actor_of(grant(getattr(house, place), verb, name), system.today)
        inside = reaches(place, sensitive=one.sensitive) and verb is not None
        row = samples.saved(one, house.here, system)
        got[verb, place] = (
            allowed(samples.saved, one, house.here, writer),
            allowed(write.save, writer, one, one.model.objects.get(pk=row.pk)),
            allowed(write.withdraw, writer, one, one.model.objects.get(pk=row.pk), reason="重复"))
        want[verb, place] = (inside and verb >= Verb.ADD, inside and verb >= Verb.CHANGE, inside and verb >= Verb.CHANGE)
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
def test_the_api_hides_foreign_rows_and_refuses_strangers(name, house, system, grant, client_of):
    one = register(name)
    row = samples.saved(one, house.here, system)
    address = f"/api/{name}/{row.pk}/"
    assert Client().get(address).status_code == 401
    assert client_of(grant(house.beside, Verb.MANAGE, name)).get(address).status_code == 404
    seen = client_of(grant(house.here, Verb.SEE, name))
    assert seen.get(address).status_code == 200
    assert seen.patch(address, json.dumps({}), content_type="application/json").status_code == 403
    assert seen.delete(f"{address}?reason=x").status_code == 403


def allowed(act, *words, **more) -> bool:
    try:
        act(*words, **more)
    except PermissionDenied:
        return False
    return True
