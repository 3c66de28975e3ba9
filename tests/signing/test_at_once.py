"""Many threads sign the same people at the same time, each on a connection of its own."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client

from luoshi.engine.models import Presence
from luoshi.engine.signing import sheets
from luoshi.foundation import trail
from luoshi.foundation.trail import Line
from tests.signing.conftest import hall  # noqa: F401


def at_once(works) -> list[object]:
    """Run all from the same moment on; the troubles they met."""
    start, troubles = Barrier(len(works)), []

    def run(work) -> None:
        try:
            start.wait(20)
            work()
        except Exception as error:  # noqa: BLE001  told by the caller's assertion
            troubles.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(work,)) for work in works]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    return troubles


@pytest.mark.django_db(transaction=True)
def test_one_person_from_eight_phones_is_one_row_and_one_line(hall):  # noqa: F811
    answers = []

    def phone() -> None:
        answers.append(Client().post(hall.url, {"name": "林知远", "number": "5678"}))

    assert at_once([phone] * 8) == []
    assert [one.status_code for one in answers] == [200] * 8
    assert all("您已签到" in one.content.decode() for one in answers)
    assert list(Presence.objects.values_list("person", flat=True)) == [hall.lin.pk]
    assert Line.objects.filter(register="presence", verb="sign").count() == 1
    assert list(trail.verify()) == []


@pytest.mark.django_db(transaction=True)
def test_piles_in_opposite_order_never_wait_for_each_other_and_each_counts_once(hall, system):  # noqa: F811
    keys, new = [hall.lin.pk, hall.zhou.pk, hall.qi.pk], []

    def pile(order) -> None:
        new.append(sheets.sign(hall.sheet, hall.event, order, today=system.today))

    assert at_once([lambda order=order: pile(order) for order in (keys, keys[::-1], keys[1:], keys[:2], keys[::-1], keys)]) == []
    assert sum(map(len, new)) == 3, "each was new to exactly one"
    assert sheets.signed(hall.event) == set(keys)
    assert Line.objects.filter(register="presence").count() == 3
    assert list(trail.verify()) == []
