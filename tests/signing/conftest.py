"""An activity that takes sign-ups, with three people on its list, and a sign-in that is open."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.urls import reverse

from luoshi.engine import samples, write
from luoshi.engine.register import register
from luoshi.engine.signing import address, sheets
from luoshi.foundation.people import Person
from luoshi.registers.events.models import Signup


def listed(system, event, unit, name: str, phone: str = "") -> Person:
    """Somebody with a place."""
    person = samples.person(unit, name, phone=phone)
    write.save(system, register("signup"), Signup(event=event, unit=unit, person=person))
    return person


def opened(system, unit, **more):
    """An activity of today that takes sign-ups."""
    return samples.saved(register("event"), unit, system, **{"title": "参观展览", "starts_on": system.today, "state": "open",
                                                             "head_count": None, "cost": None, **more})


@pytest.fixture
def hall(house, system):
    cache.clear()
    event = opened(system, house.root)
    lin = listed(system, event, house.here, "林知远", "13912345678")
    zhou = listed(system, event, house.here, "周望舒", "13900001111")
    qi = listed(system, event, house.beside, "齐一松", "13700002222")
    stranger = samples.person(house.here, "顾清书", phone="13600003333")
    sheet = sheets.open_sheet(system, event)
    url = reverse("sign", args=[address.token(sheet.pk, sheet.issue)])
    return SimpleNamespace(event=event, lin=lin, zhou=zhou, qi=qi, stranger=stranger, sheet=sheet, url=url)
