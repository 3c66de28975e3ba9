"""Who may sign in to a meeting: those whom the list of its unit, kind and day names."""

from datetime import date

from django.db.models import QuerySet

from luoshi.engine.signing.declared import Signing
from luoshi.foundation.people import Person

from .models import Meeting, roster


def people(meeting: Meeting) -> QuerySet[Person]:
    return roster(unit=meeting.unit, kind=meeting.kind, day=_day(meeting))


def days(meeting: Meeting) -> tuple[date, date]:
    return _day(meeting), _day(meeting)


def _day(meeting: Meeting) -> date:
    return meeting.held_on


SIGNING = Signing(people, days)
