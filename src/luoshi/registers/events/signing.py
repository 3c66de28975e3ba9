"""Who may sign in to an activity, and on which days."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from luoshi.engine.signing.declared import Signing
from luoshi.foundation.people import Person
from luoshi.foundation.places import within

from .models import Event, Signup, State


def people(event: Event) -> QuerySet[Person]:
    """Those who have a place; where the activity takes no sign-ups, the people of the unit that holds it and below."""
    places = Signup.objects.filter(event=event, withdrawn=False)
    if places.exists():
        return Person.objects.filter(Exists(places.filter(person=OuterRef("pk"))), withdrawn=False)
    return Person.objects.filter(within((event.unit.place,)), withdrawn=False)


def days(event: Event) -> tuple[date, date]:
    return event.starts_on, event.ends_on or event.starts_on


def refusal(event: Event) -> Any:
    return _("活动已取消，不能签到") if event.state == State.CANCELLED else ""


SIGNING = Signing(people, days, refusal)
