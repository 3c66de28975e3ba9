"""A unit's meetings for the rest of the year, planned in one go: what it owes, on the days it usually meets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.bulk import save_many
from luoshi.engine.duties import desk
from luoshi.engine.pages import asked
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.units import Body, Unit
from luoshi.kernel import periods, timetable
from luoshi.kernel.periods import Every, Period
from luoshi.ui.render import render

from .. import rules
from ..duties import REGULAR
from ..models import Kind, Meeting

VENUE = 120
# In which month of its period a kind usually meets, on which such weekday: custom, no rule.
USUAL = {rules.MEMBERS: (2, 2), rules.COMMITTEE: (1, 1), rules.GROUP: (1, 3), rules.THEME_DAY: (1, 2), rules.LECTURE: (2, 3),
         rules.LIFE: (12, 2)}
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True, slots=True)
class Habit:
    """When a kind of meeting is held: in the n-th month of its period, on the n-th such weekday (5: the last)."""

    kind: str
    every: Every
    article: str
    chosen: bool
    month: int
    nth: int
    weekday: int
    starts: time | None

    @property
    def months(self) -> range:
        return range(1, MONTHS[self.every] + 1)

    @property
    def label(self) -> str:
        return str(Kind(self.kind).label)


def plan_page(request: HttpRequest) -> HttpResponse:
    """What is still to be called, by kind; previewed as often as wanted, planned once: what is planned is not planned again."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    one = register("meeting")
    one.require(actor, Verb.ADD)
    here = next(iter(asked.units(request, actor)), None)
    owed = _owed(here, actor) if here and one.may(actor, Verb.ADD, here.place) else []
    sent = request.POST if request.method == "POST" else {}
    habits = _habits(owed, sent)
    venue = "".join(c for c in str(sent.get("venue", "")) if c.isprintable()).strip()[:VENUE]
    rows = _rows(owed, habits, venue, actor.today)
    if sent.get("do") == "make" and rows:
        if refused := save_many(actor, one, rows, verb="add"):
            messages.error(request, "；".join(next(iter(refused.values())).messages))
        else:
            messages.success(request, _("已计划 %(n)d 次会议") % {"n": len(rows)})
            return redirect(f"{reverse('list', args=[one.name])}?unit={here.code if here else ''}")
    return render(request, "meetings/plan.html", {
        "title": _("安排会议计划"), "here": here, "habits": habits, "rows": [(row, row.unit, row.get_kind_display()) for row in rows],
        "venue": venue, "weekdays": _weekdays(), "nths": _nths(), "owing": bool(owed),
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[one.name])), (_("安排会议计划"), None)],
    })


def _owed(here: Unit, actor: Actor) -> list[tuple[Unit, str, Period]]:
    """(unit, kind, period) of what the unit and its groups still owe this year and have neither held nor planned."""
    rest = Period(actor.today, periods.year(actor.today).end)
    units = [one for one in desk(root=here.place, today=actor.today, periods=[rest], wanted=REGULAR)
             if one[2].open and (one[0].pk == here.pk or (one[0].body == Body.GROUP and one[0].parent_id == here.pk))]
    planned = list(Meeting.objects.filter(unit__in={unit.pk for unit, *_more in units}, withdrawn=False, held_on__isnull=True,
                                          called_off="", planned_on__isnull=False).values_list("unit", "kind", "planned_on"))
    found = []
    for unit, duty, lamp in units:
        kind = str(duty.fill["kind"])
        if not any(pk == unit.pk and its == kind and lamp.period.contains(day) for pk, its, day in planned):
            found.append((unit, kind, lamp.period))
    return sorted(found, key=lambda it: (it[2].start, it[0].place))


def _habits(owed: list[tuple[Unit, str, Period]], sent: Mapping[str, Any]) -> list[Habit]:
    """A line for each kind that is owed, as sent, or as is usual."""
    kinds = {kind for _unit, kind, _period in owed}
    made = []
    for each in rules.FREQUENCIES:
        if each.kind not in kinds:
            continue
        month, nth = USUAL[each.kind]
        made.append(Habit(
            each.kind, each.every, each.article, chosen=not sent or f"use-{each.kind}" in sent,
            month=_within(sent.get(f"month-{each.kind}"), MONTHS[each.every], min(month, MONTHS[each.every])),
            nth=_within(sent.get(f"nth-{each.kind}"), 5, nth), weekday=_within(sent.get(f"weekday-{each.kind}"), 7, 5),
            starts=_hour(sent.get(f"starts-{each.kind}", "14:30"))))
    return made


def _within(text: Any, most: int, fallback: int) -> int:
    found = str(text or "")
    return int(found) if found.isascii() and found.isdecimal() and len(found) < 3 and 1 <= int(found) <= most else fallback


def _hour(text: Any) -> time | None:
    try:
        return time.fromisoformat(str(text))
    except ValueError:
        return None


def _rows(owed: list[tuple[Unit, str, Period]], habits: list[Habit], venue: str, today: date) -> list[Meeting]:
    """The meetings to be planned, in the order of days; a day of the running period that has passed becomes today or later."""
    by = {one.kind: one for one in habits if one.chosen}
    made = []
    for unit, kind, period in owed:
        if not (habit := by.get(kind)):
            continue
        day = timetable.nth_day(period, month=habit.month, weekday=habit.weekday, nth=habit.nth)
        if day < today:
            day = timetable.last_day(period)
        if day < today:
            continue
        with translation.override("zh-hans"):  # stored, whatever the reader's language
            topic = f"{period.label('zh')}{Kind(kind).label}"
        made.append(Meeting(unit=unit, kind=kind, planned_on=day, starts=habit.starts, venue=venue, topic=topic))
    return sorted(made, key=lambda row: (row.planned_on or today, row.unit.place))


def _weekdays() -> list[tuple[int, str]]:
    return list(enumerate((_("星期一"), _("星期二"), _("星期三"), _("星期四"), _("星期五"), _("星期六"), _("星期日")), 1))


def _nths() -> list[tuple[int, str]]:
    return list(enumerate((_("第一个"), _("第二个"), _("第三个"), _("第四个"), _("最后一个")), 1))
