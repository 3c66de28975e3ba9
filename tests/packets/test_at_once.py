"""Two uploads of one packet at the same time, on two connections."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from luoshi.registers.meetings.models import Meeting
from luoshi.registers.overseas import forms
from luoshi.registers.overseas.models import Item, Packet
from luoshi.registers.overseas.tests.conftest import meeting, post

__all__ = ["post"]


@pytest.mark.django_db(transaction=True)
def test_two_uploads_at_once_take_each_record_in_once(post):  # noqa: F811
    text = post.back(meeting(), meeting("b" * 32, topic="学习"), meeting("c" * 32, held_on="2026-11-30"))
    start, states, troubles = Barrier(2), [], []

    def upload() -> None:
        try:
            start.wait(10)
            states.extend(one.state for one in forms.take(forms.opened(text, post.office_actor), post.office_actor))
        except Exception as error:  # noqa: BLE001  told by the assertion below
            troubles.append(error)
        finally:
            connection.close()

    both = [Thread(target=upload) for _n in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(30)
    assert troubles == []
    assert sorted(states) == ["new", "new", "refused", "refused", "taken", "taken"]
    assert Meeting.objects.count() == 2
    assert Item.objects.filter(state="taken").count() == 2 and Item.objects.filter(state="refused").count() == 1
    assert Packet.objects.get().taken == 2
