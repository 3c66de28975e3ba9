"""The half-year of an improvement sheet beside what the records say."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import write
from luoshi.engine.indicators import indicators, total
from luoshi.engine.pages.detail import get_row
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.kernel import periods
from luoshi.ui.render import render

from .. import rules
from ..models import Heading


def improvement_review(request: HttpRequest, pk: int) -> HttpResponse:
    """The half-year of a sheet beside what the records say; the proposed text may be changed before it is kept."""
    one, actor = register("improvement"), request.actor  # type: ignore[attr-defined]
    sheet = get_row(one, actor, pk, Verb.CHANGE)
    period = _half(sheet.year, actor.today)
    blocks = [(label, list(sheet.actions.filter(heading=heading).order_by("pk")),
               _counts(actor, sheet, heading, period)) for heading, label in Heading.choices]
    text = request.POST.get("review", "").strip()
    if request.method == "POST" and text:
        sheet.reviewed_on, sheet.review = actor.today, text
        write.save(actor, one, sheet)
        messages.success(request, _("已保存：%(row)s") % {"row": sheet})
        return redirect("detail", one.name, sheet.pk)
    errors = [("f-review", _("请填写半年回顾"))] if request.method == "POST" else []
    return render(request, "organization/review.html", {
        "title": _("半年回顾"), "sheet": sheet, "period": period.label(), "blocks": blocks, "errors": errors,
        "text": sheet.review or _proposed(blocks, period), "back": reverse("detail", args=[one.name, sheet.pk]),
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[one.name])),
                   (str(sheet), reverse("detail", args=[one.name, sheet.pk])), (_("半年回顾"), None)],
    }, status=422 if errors else 200)


def _half(year: int, today: Any) -> periods.Period:
    """The half-year under review: the running one, or the second half of a year that is over."""
    day = min(today, periods.year(year).last_day)
    return periods.half(max(day, periods.year(year).start))


def _counts(actor: Any, sheet: Any, heading: str, period: periods.Period) -> list[tuple[str, str]]:
    """(label, number with its word) of what the records hold for a heading; only what this actor may see."""
    known = indicators()
    chosen = [known[name] for name in rules.COUNTED[heading] if name in known]
    return [(str(one.label), f"{total(one, root=sheet.place, period=period, today=actor.today).top} {one.unit_word}")
            for one in chosen if one.source.may(actor, Verb.SEE, sheet.place)]


def _proposed(blocks: Any, period: periods.Period) -> str:
    lines = [_("%(period)s回顾") % {"period": period.label()}]
    for label, actions, counts in blocks:
        said = [f"{action.text}{'：' if action.result else ''}{action.result}" for action in actions]
        said += [f"{name} {number}" for name, number in counts]
        lines.append(f"{label}：{'；'.join(said)}")
    return "\n".join(lines)
