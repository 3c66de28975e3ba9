"""The year of a centre group: quarters with their lamps, the plan beside what was held, and attendance by member."""

from collections import Counter
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.pages import asked
from luoshi.engine.pages.detail import get_row
from luoshi.engine.pages.papers import TYPES, filed
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.units import Body, Unit
from luoshi.ui.render import render

from ..documents import centre as documents
from ..models.centre import COUNTS, Quarter
from ..rules import centre as rules

LISTED = 400  # sessions of a unit in a year that the page shows


def year_of(request: HttpRequest, today: date) -> int:
    """The year that the address asks for, this one where it asks for none."""
    wanted = request.GET.get("year", "")
    return int(wanted) if wanted.isdecimal() and 2000 <= int(wanted) <= 2100 else today.year


def years(today: date) -> list[tuple[str, str]]:
    return [(str(n), str(n)) for n in (today.year, today.year - 1, today.year - 2)]


def of_session(request: HttpRequest, pk: int) -> HttpResponse:
    """From a session to the year of its group."""
    row = get_row(register("centre_session"), request.actor, pk)  # type: ignore[attr-defined]
    return redirect(f"{reverse('centre-year')}?unit={row.unit.code}&year={row.held_on.year}")


def of_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """From a plan to its year."""
    row = get_row(register("centre_plan"), request.actor, pk)  # type: ignore[attr-defined]
    return redirect(f"{reverse('centre-year')}?unit={row.unit.code}&year={row.year}")


def year_page(request: HttpRequest) -> HttpResponse:
    """On the screen, or with `as=` xlsx, docx or pdf the table alone."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    register("centre_session").require(actor, Verb.SEE)
    found = asked.units(request, actor)
    here, year = (found[0] if found else None), year_of(request, actor.today)
    heads, rows = table(here, year, actor)
    if here and request.GET.get("as") in ("xlsx", *TYPES):
        return filed(request.GET["as"], _("%(unit)s %(year)s年度中心组学习到会情况") % {"unit": here, "year": year}, heads, rows,
                     documents.yearly(here, year, heads, rows, actor))
    sessions = list(register("centre_session").rows(actor).filter(unit=here, held_on__year=year).select_related("secretary", "expert")
                    .order_by("held_on", "id")[:LISTED])
    plan = register("centre_plan").rows(actor).filter(unit=here, year=year).first()
    group = here is not None and (here.body == Body.COMMITTEE or bool(sessions or rows))
    return render(request, "leading/year.html", {
        "group": group,
        "title": _("中心组年度学习和到会"), "here": here, "year": year, "heads": heads, "rows": rows, "sessions": sessions,
        "plan": plan, "items": list(plan.items.order_by("quarter", "pk")) if plan else [],
        "quarters": _quarters(here, year, actor), "choices_of_years": years(actor.today),
        "may_add": here is not None and group and register("centre_session").may(actor, Verb.ADD, here.place),
        "unit_q": here.name if here else "", "crumbs": [(_("首页"), reverse("home")), (_("中心组年度学习和到会"), None)],
    })


def table(unit: Unit | None, year: int, actor: Actor) -> tuple[list[str], list[list[Any]]]:
    """Heads and one row for each member on a list of the year, in the order of names; a make-up is no attendance."""
    heads = [_("姓名"), _("应到次数"), _("到会次数"), _("到会率"), _("缺席"), _("已补学"), _("待补学")]
    found: dict[int, Counter[str]] = {}
    names: dict[int, str] = {}
    rows = register("centre_attendance").rows(actor).filter(unit=unit, held_on__year=year) if unit else []
    for one in rows.select_related("person").order_by("person__strokes", "person_id") if unit else ():  # type: ignore[union-attr]
        names[one.person_id] = one.person.name
        tally = found.setdefault(one.person_id, Counter())
        tally["all"] += 1
        tally["came" if one.attended else "made_up" if one.made_up_on else "left"] += 1
    made = []
    for pk, tally in found.items():
        share = rules.attendance(expected=tally["all"], attended=tally["came"])
        made.append([names[pk], tally["all"], tally["came"], share.percent_text(), tally["all"] - tally["came"], tally["made_up"],
                     tally["left"]])
    return heads, made


def _quarters(unit: Unit | None, year: int, actor: Actor) -> list[tuple[str, str, str]]:
    """(label, lamp, word): by collective sessions that count; a quarter still to come is not late."""
    held = list(register("centre_session").rows(actor).filter(COUNTS, unit=unit, held_on__year=year, form__in=rules.COLLECTIVE)
                .values_list("held_on", flat=True)) if unit else []
    made = []
    for quarter, done in rules.quarters(sessions=held, year=year).items():
        over = (actor.today.year, (actor.today.month + 2) // 3) > (year, quarter)
        running = (actor.today.year, (actor.today.month + 2) // 3) == (year, quarter)
        state = "ok" if done else "late" if over else "soon" if running else "none"
        words = {"ok": _("已学习"), "late": _("未学习"), "soon": _("待学习"), "none": _("未到期")}
        made.append((str(Quarter(quarter).label), state, words[state]))
    return made
