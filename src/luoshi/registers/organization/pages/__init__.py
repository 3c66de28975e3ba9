"""Moving and closing a unit, terms that run out, whether bodies suit their numbers, and the review of a sheet."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.engine import forms as engine_forms
from luoshi.engine import write
from luoshi.engine.chrome import EXTRA
from luoshi.engine.indicators import indicators, total
from luoshi.engine.pages.detail import get_row
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import COMMITTEE_POSTS, Post, held
from luoshi.kernel import periods, places
from luoshi.ui.render import render

from .. import forms, rules
from ..forms.changes import members
from ..models import Heading
from ..models.changes import Change, Role, Side
from . import changes, changing, handover

LAMPS = {
    "running": ("ok", gettext_lazy("在届期内")),
    "due": ("soon", gettext_lazy("即将届满")),
    "extended": ("soon", gettext_lazy("已批准延期")),
    "overdue": ("late", gettext_lazy("已届满未换届")),
    "over_limit": ("late", gettext_lazy("延期超过 1 年")),
}
BODIES = {"committee": gettext_lazy("委员会"), "general": gettext_lazy("总支部"), "joint": gettext_lazy("联合支部")}
SHOWN = 500


def unit_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a unit under another parent from a day on, by a document."""
    one, actor = register("unit"), request.actor  # type: ignore[attr-defined]
    unit = get_row(one, actor, pk, Verb.MANAGE)
    form = forms.Moving(request.POST if request.method == "POST" else None, unit=unit, actor=actor)
    if request.method == "POST" and form.is_valid():
        parent, on = form.cleaned_data["parent"], form.cleaned_data["on"]
        return _kept(request, form, unit, Change.MOVE, lambda: changing.put(actor, unit, parent, on, document(form)),
                     _("已调整隶属关系：%(row)s") % {"row": unit})
    return _step(request, form, unit, _("调整隶属关系"), _("调整"),
                 _("本组织和全部下级组织一并调整；生效日期之前的统计仍按原隶属关系计算。"))


def unit_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a unit from a day on, by a document; its records stay."""
    one, actor = register("unit"), request.actor  # type: ignore[attr-defined]
    unit = get_row(one, actor, pk, Verb.MANAGE)
    form = forms.Closing(request.POST if request.method == "POST" else None, unit=unit, actor=actor)
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        return _kept(request, form, unit, Change.CLOSE, lambda: changing.close(actor, unit, on, document(form)),
                     _("已撤销：%(row)s") % {"row": unit})
    return _step(request, form, unit, _("撤销组织"), _("撤销%(row)s") % {"row": unit},
                 _("撤销后不再产生新的职责；已有记录保留，撤销日期之前的统计不变。"))


def document(form: Any) -> str:
    return str(form.cleaned_data["document"])


def _kept(request: HttpRequest, form: Any, unit: Any, kind: str, work: Any, done: str) -> HttpResponse:
    """Do the work and write down what became of the unit, together."""
    side = [Side(unit=unit, role=Role.BEFORE, members=len(members(unit, form.cleaned_data["on"])))]
    try:
        with transaction.atomic():
            changing.keep(request.actor, unit, kind, form.cleaned_data["on"],  # type: ignore[attr-defined]
                          document(form), side)  # first: a unit that has ended takes no record
            work()
    except ValidationError as error:
        engine_forms.take_errors(form, error)
        return _step(request, form, unit, str(unit), _("重试"), "")
    messages.success(request, done)
    return redirect("detail", "unit", unit.pk)


def _step(request: HttpRequest, form: Any, unit: Any, title: str, button: str, note: str) -> HttpResponse:
    back = reverse("detail", args=["unit", unit.pk])
    return render(request, "organization/step.html", {
        "title": title, "note": note, "button": button, "fields": engine_forms.drawn(form), "back": back,
        "errors": engine_forms.errors_of(form) if form.is_bound else [],
        "facts": [(_("名称"), unit.name), (_("现在的上级"), str(unit.parent or "")),
                  (_("成立日期"), unit.since.isoformat()), (_("下级组织"), forms.living_below(unit))],
        "crumbs": [(_("首页"), reverse("home")), (register("unit").label, reverse("list", args=["unit"])),
                   (unit.name, back), (title, None)],
    }, status=422 if form.is_bound else 200)


def terms_page(request: HttpRequest) -> HttpResponse:
    """Terms that end within six months or have ended, those that wait longest first."""
    one, actor = register("term"), request.actor  # type: ignore[attr-defined]
    one.require(actor, Verb.SEE)
    horizon = periods.add_months(actor.today, rules.REMIND_MONTHS)
    rows = one.rows(actor).filter(due_on__lte=horizon, ended_on__isnull=True, unit__until__isnull=True)
    found = [(term, *LAMPS[term.state(actor.today)])
             for term in rows.select_related("unit").order_by("due_on", "id")[:SHOWN]]
    return render(request, "organization/terms.html", {
        "title": _("换届提醒"), "terms": found, "late": sum(1 for _term, lamp, _word in found if lamp == "late"),
        "crumbs": [(_("首页"), reverse("home")), (_("换届提醒"), None)],
    })


def structure_page(request: HttpRequest) -> HttpResponse:
    """Units whose body or committee does not suit the number of their members today."""
    actor = request.actor  # type: ignore[attr-defined]
    register("unit").require(actor, Verb.SEE)
    register("position").require(actor, Verb.SEE)
    members, seats = _numbers(actor)
    found = []
    rows = register("unit").rows(actor).filter(until__isnull=True, body__in=rules.YEARS).order_by("place")
    for unit in rows.iterator(2000):
        fit = rules.fit(body=unit.body, temporary=unit.temporary, full=members[unit.place], seats=seats[unit.place])
        if not fit.fits:
            found.append((unit, members[unit.place], seats[unit.place], _advice(unit, fit, members[unit.place])))
    return render(request, "organization/structure.html", {
        "title": _("组织设置核对"), "found": found[:SHOWN], "more": max(len(found) - SHOWN, 0), "today": actor.today,
        "crumbs": [(_("首页"), reverse("home")), (_("组织设置核对"), None)],
    })


def _numbers(actor: Any) -> tuple[Counter[str], Counter[str]]:
    """Members of each unit and all below it, and persons on each committee, by place: one query each."""
    rows = register("position").rows(actor).filter(held(actor.today)).order_by()
    # A member may also belong to a group or a temporary branch below: counted once in each unit.
    pairs = {(above, person) for place, person in rows.filter(post=Post.MEMBER).values_list("place", "person")
             for above in (*places.ancestors(place), place)}
    members = Counter(above for above, _person in pairs)
    on_committees = rows.filter(post__in=COMMITTEE_POSTS).values_list("place", "person").distinct()
    return members, Counter(place for place, _person in on_committees)


def _advice(unit: Any, fit: rules.Fit, full: int) -> str:
    said = []
    if fit.body:
        said.append(_("按党员人数宜设%(body)s") % {"body": BODIES[fit.body]})
    plan = rules.committee_plan(body=unit.body, full=full)
    if fit.committee and not plan.committee:
        said.append(_("应设书记 1 人，必要时设副书记 1 人"))
    elif fit.committee:
        said.append(_("委员会宜为 %(least)s 至 %(usual)s 人") % {"least": plan.least, "usual": plan.usual})
    return "；".join(said)


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


urlpatterns = [
    path("units/<int:pk>/move/", unit_move, name="unit-move"),
    path("units/<int:pk>/close/", unit_close, name="unit-close"),
    path("units/<int:pk>/merge/", changes.merge_page, name="unit-merge"),
    path("units/<int:pk>/split/", changes.split_page, name="unit-split"),
    path("units/<int:pk>/history/", changes.history_page, name="unit-history"),
    path("units/<int:pk>/handover/", handover.handover_page, name="unit-handover"),
    path("terms/", terms_page, name="terms"),
    path("structure/", structure_page, name="structure"),
    path("improvements/<int:pk>/review/", improvement_review, name="improvement-review"),
]
EXTRA.append(("organisation", "terms", gettext_lazy("换届提醒"), Verb.SEE, "term"))
EXTRA.append(("organisation", "structure", gettext_lazy("组织设置核对"), Verb.SEE, "position"))
