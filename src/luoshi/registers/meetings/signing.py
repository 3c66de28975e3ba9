"""Who may sign in to a meeting, and who is proposed as absent because they did not."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luoshi.engine.roll import Reason
from luoshi.engine.signing import sheets
from luoshi.engine.signing.declared import Signing
from luoshi.foundation.people import Person

from .models import Meeting, roster


def people(meeting: Meeting) -> QuerySet[Person]:
    """Whom the list of the unit, the kind and the day names."""
    return roster(unit=meeting.unit, kind=meeting.kind, day=meeting.day)


def days(meeting: Meeting) -> tuple[date, date]:
    return meeting.day, meeting.day


def refusal(meeting: Meeting) -> Any:
    return _("会议已取消，不能签到") if meeting.called_off else ""


def absent(meeting: Meeting) -> dict[int, str]:
    """{person: reason} of those who did not sign, to be looked through by who records the meeting; {} where nobody signed."""
    if not meeting.pk or not (present := sheets.signed(meeting)):
        return {}
    return {pk: str(Reason.OTHER) for pk in people(meeting).values_list("pk", flat=True) if pk not in present}


SIGNING = Signing(people, days, refusal)
