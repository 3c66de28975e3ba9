"""One's own hours of education this year, and what the regulation asks for; on one's own page alone."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from luoshi.engine import hours
from luoshi.engine.hours import Hours
from luoshi.engine.pages import me
from luoshi.foundation.people import COMMITTEE_POSTS, MEMBER_POSTS, Person, Position, held
from luoshi.foundation.units import System

from .. import rules
from ..models import Enrolment, Result


def classes_of(person: Person, first: date, last: date) -> Iterator[Hours]:
    """The classes a person has finished."""
    rows = Enrolment.objects.filter(person=person, withdrawn=False, result=Result.COMPLETED, training__ends_on__range=(first, last))
    for ends, name, count in rows.values_list("training__ends_on", "training__name", "hours"):
        yield Hours(ends, name, Decimal(count or 0), centralised=True)


def block(person: Person, today: date) -> dict[str, Any] | None:
    """For members: what was attended since January, the sum, and what is still owed."""
    posts = set(Position.objects.filter(held(today), person=person, unit__system=System.PARTY).values_list("post", flat=True))
    if not posts & set(MEMBER_POSTS):
        return None
    found = hours.attended(person, today.replace(month=1, day=1), today)
    total, committee = sum((one.hours for one in found), Decimal(0)), bool(posts & set(COMMITTEE_POSTS))
    missing, no_class = rules.member_education(committee=committee, hours=total, classes=sum(one.centralised for one in found))
    said = [_("全年应不少于 %(owed)s 学时，已有 %(total)s 学时") % {
        "owed": rules.COMMITTEE_HOURS if committee else rules.MEMBER_HOURS, "total": total}]
    said += [_("尚欠 %(n)s 学时") % {"n": missing}] if missing else []
    said += [_("尚未参加集中培训")] if no_class else []
    return {"title": _("今年的教育培训学时"), "template": "training/hours.html", "said": "；".join(said),
            "columns": [(_("日期"), "date"), (_("内容"), ""), (_("学时"), "num")],
            "rows": [(one.day.isoformat(), one.what, one.hours) for one in found]}


hours.sources.append(classes_of)
me.blocks.append(block)
