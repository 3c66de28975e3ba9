"""The rights matrix of every register as readable text: what each route answers to each verb granted at each place."""

import os
from pathlib import Path

from django.test import Client

from luoshi.engine import samples
from luoshi.engine.register import registers
from luoshi.foundation.grants import Verb

from .test_rights import PLACES, VERBS, address

STORED = Path(__file__).resolve().parent.parent / "snapshots" / "rights.txt"
ROUTES = ["list", "export", "new", "import", "withdrawn", "detail", "history", "edit", "withdraw", "api", "api row"]
SIGNS = {200: "yes", 302: "in", 401: "in", 403: "no", 404: "-"}
HEAD = """What each route of each register answers for a row of one unit ("here"), by the verb granted and where the grant stands.
above: a unit over it; here: that unit; beside: a sister unit; below: a unit under it; outside: not signed in.
yes: opened; no: refused with a sentence (403); -: does not exist for this reader (404); in: asked to sign in.
Written by tests/every/test_snapshot.py with UPDATE_SNAPSHOTS=1; read every changed line before committing it.
"""


def where(route: str, name: str, pk: int) -> str:
    return {"withdrawn": f"/r/{name}/withdrawn/", "api": f"/api/{name}/", "api row": f"/api/{name}/{pk}/"}.get(
        route) or address(route, name, pk)


def answers(client, one, row) -> list[str]:
    offered = [r for r in ROUTES if one.form or r in ("list", "export", "detail", "history")]
    return [SIGNS[client.get(where(r, one.name, row.pk)).status_code] if r in offered else "" for r in ROUTES]


def line(place: str, verb: str, cells: list[str]) -> str:
    return (f"  {place:<8}{verb:<8}" + "".join(f"{c:<10}" for c in cells)).rstrip()


def matrix(house, system, grant, client_of) -> str:
    parts = [HEAD]
    clients = {}
    for one in registers():
        row = samples.saved(one, house.here, system)
        parts.append(f"\n{one.name}{' (sensitive: no grant reaches from above)' if one.sensitive else ''}")
        parts.append(line("", "", ROUTES))
        for place in PLACES:
            for verb in VERBS:
                key = (place, verb, one.name)
                clients[key] = client_of(grant(getattr(house, place), verb, one.name))
                parts.append(line(place, verb.name.lower() if verb else "nothing", answers(clients[key], one, row)))
        parts.append(line("outside", "", answers(Client(), one, row)))
    return "\n".join(parts) + "\n"


def test_the_rights_are_the_agreed_ones(house, system, grant, client_of):
    assert set(PLACES) == {"above", "here", "beside", "below"}
    assert set(VERBS) == {None, *Verb}
    text = matrix(house, system, grant, client_of)
    if os.environ.get("UPDATE_SNAPSHOTS") == "1":
        STORED.parent.mkdir(exist_ok=True)
        STORED.write_text(text, encoding="utf-8")
    assert STORED.read_text(encoding="utf-8") == text, "changed on purpose? run this test with UPDATE_SNAPSHOTS=1"
