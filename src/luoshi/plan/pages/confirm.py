"""Confirm what was read: the text on the left with every proposal marked, the proposals on the right."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from luoshi.engine import forms as engine_forms
from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

from .. import drafting, kinds, rules
from ..forms import TermsForm, groups, more
from ..models import ALIVE, Measure, MeasureState, Plan, PlanState
from ..progress import with_parts
from .frame import crumbs, found_plan, tabs


def page(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    plan = found_plan(actor, pk, Verb.CHANGE)
    if plan.state != PlanState.DRAFT:
        return redirect("plan:text", pk)
    wanted = request.GET.get("m", "")
    return desk(request, plan, opened=int(wanted) if wanted.isdecimal() else None)


def desk(request: HttpRequest, plan: Plan, *, opened: int | None = None, form: TermsForm | None = None,
         note: str = "", status: int = 200) -> HttpResponse:
    """Both columns; `opened` is the proposal whose terms are open, `form` what was sent where it was refused."""
    actor = request.actor  # type: ignore[attr-defined]
    found = everything(actor, plan)
    sections = list(plan.sections.all())
    current = next((m for m in found if m.pk == opened), None)
    if current and form is None:
        form = TermsForm(None, measure=current, sections=sections)
    return render(request, "plan/confirm.html", {
        "title": _("确认措施"), "plan": plan, "tabs": tabs(plan, "confirm", actor),
        "crumbs": crumbs(plan, (_("确认措施"), None)), "note": note,
        "pieces": rules.pieces(source=plan.source, spans=spans(found, sections)), "opened": opened,
        "blocks": blocks(found, sections), "counts": counts(found),
        "form": {"fields": groups(form), "more": more(form), "errors": engine_forms.errors_of(form),
                 "helpers": [(h.unit_id, h.unit.name) for h in current.helpers.all()],
                 "source": kinds.of(current.kind).source} if form and current else None,
        "kind_label": kinds.label,
    }, part="plan/desk.html" if request.headers.get("HX-Target") == "desk" else "", status=status)


def everything(actor: Actor, plan: Plan) -> list[Measure]:
    rows = with_parts(register("measure").rows(actor, Verb.CHANGE)).filter(plan=plan).order_by("start", "id")
    found = [one for one in rows if one.state != MeasureState.CANCELLED]
    for one in found:
        one.plan = plan
        one.lacks = lacks(one)
    return found


def lacks(one: Measure) -> tuple[str, ...]:
    return rules.missing(state="", owner=one.owner_id is not None, due=one.due is not None,
                         rules=len(one.rules.all()), needs=one.needs, supplied=one.supplied)


def spans(found: list[Measure], sections: list[Any]) -> list[tuple[int, int, Any]]:
    marks: list[tuple[int, int, Any]] = [(m.start, m.end, m) for m in found if m.state in ALIVE]
    return marks + [(s.start, s.end, s) for s in sections if s.end > s.start]


def blocks(found: list[Measure], sections: list[Any]) -> list[dict[str, Any]]:
    """The proposals under their sections; those of no section last."""
    by_code: dict[str, list[Measure]] = {}
    for one in found:
        by_code.setdefault(one.section, []).append(one)
    made = [{"section": s, "code": s.code, "rows": by_code.pop(s.code, [])} for s in sections]
    rest = [one for rows in by_code.values() for one in rows]
    return made + ([{"section": None, "code": "", "rows": rest}] if rest else [])


def counts(found: list[Measure]) -> dict[str, int]:
    alive = [one for one in found if one.state in ALIVE]
    return {
        "all": len(alive),
        "accepted": sum(one.state == MeasureState.ACCEPTED for one in alive),
        "complete": sum(one.state == MeasureState.ACCEPTED and not {"owner", "rule"} & set(one.lacks)  # type: ignore[attr-defined]
                        for one in alive),
        **{code: sum(code in one.lacks for one in alive) for code in ("owner", "due", "rule", "needs")},  # type: ignore[attr-defined]
    }


def found_one(actor: Actor, plan: Plan, pk: int) -> Measure:
    rows = register("measure").rows(actor, Verb.CHANGE).filter(plan=plan, pk=pk)
    row = with_parts(rows.select_related("unit")).first()
    if row is None:
        raise Http404
    row.plan = plan
    return row  # type: ignore[no-any-return]


def one(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    """One step on one proposal. Refused: 422 with everything typed; someone was faster: 409 with both contents."""
    actor = request.actor  # type: ignore[attr-defined]
    plan = draft(actor, pk)
    row = found_one(actor, plan, measure)
    if request.method != "POST":
        return redirect(address(plan, row.pk))
    version = request.POST.get("version") or request.GET.get("v", "")
    if version.isdecimal():
        row.version = int(version)
    do = request.POST.get("do", "next")
    try:
        return step(request, actor, plan, row, do)
    except ValidationError as error:
        return refused(request, plan, row, error)
    except write.Conflict as clash:
        return faster(request, plan, row, clash.stored)


def step(request: HttpRequest, actor: Actor, plan: Plan, row: Measure, do: str) -> HttpResponse:
    if do in ("keep", "save", "next"):
        return keep(request, actor, plan, row, do)
    if do in ("accept", "drop", "restore"):
        state = {"accept": MeasureState.ACCEPTED, "drop": MeasureState.DROPPED, "restore": MeasureState.PROPOSED}[do]
        drafting.put(actor, row, state)
        follow = drafting.after(row) if do != "restore" else row
        return back(request, plan, follow.pk if follow else None, open_it=bool(request.POST.get("open")))
    if do in ("split", "merge"):
        at = request.POST.get("at", "")
        if request.POST.get("text"):
            row.text = request.POST["text"][:1000]
        made = drafting.split(actor, row, int(at) if at.isdecimal() else None) if do == "split" else \
            drafting.merge(actor, row)
        return back(request, plan, row.pk if do == "split" else made.pk, open_it=bool(request.POST.get("open")))
    raise Http404


def keep(request: HttpRequest, actor: Actor, plan: Plan, row: Measure, do: str) -> HttpResponse:
    """Save the open form. "keep" saves while one types and answers only with the time; what is unsound waits."""
    form = TermsForm(request.POST, measure=row, sections=list(plan.sections.all()))
    if not form.is_valid():
        if do == "keep":
            return render(request, "plan/kept.html", {"row": row, "waits": True}, part="plan/kept.html")
        return desk(request, plan, opened=row.pk, form=form, status=422)
    try:
        drafting.keep(actor, row, form, accept=do == "next")
    except ValidationError as error:
        if do == "keep":
            return render(request, "plan/kept.html", {"row": row, "waits": True}, part="plan/kept.html")
        engine_forms.take_errors(form, error)
        return desk(request, plan, opened=row.pk, form=form, status=422)
    if do == "keep":
        at = localtime(row.changed_at).strftime("%H:%M")
        return render(request, "plan/kept.html", {"row": row, "saved_at": at}, part="plan/kept.html")
    follow = drafting.after(row) if do == "next" else row
    return back(request, plan, follow.pk if follow else None, open_it=True)


def refused(request: HttpRequest, plan: Plan, row: Measure, error: ValidationError) -> HttpResponse:
    note = " ".join(error.messages)
    if request.POST.get("open"):
        form = TermsForm(request.POST, measure=row, sections=list(plan.sections.all()))
        form.is_valid()
        engine_forms.take_errors(form, error)
        return desk(request, plan, opened=row.pk, form=form, status=422)
    return desk(request, plan, note=note, status=422)


def faster(request: HttpRequest, plan: Plan, row: Measure, stored: Any) -> HttpResponse:
    """Someone saved in between: their content is shown, what this editor typed stays in the form."""
    note = _("其他人刚刚修改了这条措施，当前内容是“%(text)s”。您填写的内容仍在下面，"
             "再次保存将以您的内容为准") % {"text": stored.text}
    form = None
    if request.POST.get("open"):
        form = TermsForm(request.POST, measure=row, sections=list(plan.sections.all()))
    # HTMX shows a refusal only when it is a 422; the plain form gets the true word for it.
    return desk(request, plan, opened=row.pk, form=form, note=note, status=422 if _htmx(request) else 409)


def _htmx(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers


def draft(actor: Actor, pk: int) -> Plan:
    plan = found_plan(actor, pk, Verb.CHANGE)
    if plan.state != PlanState.DRAFT:
        raise Http404
    return plan


def address(plan: Plan, measure: int | None) -> str:
    base = reverse("plan:confirm", args=[plan.pk])
    return f"{base}?m={measure}#m{measure}" if measure else base


def back(request: HttpRequest, plan: Plan, measure: int | None, *, open_it: bool) -> HttpResponse:
    """After a step: the desk anew for HTMX, else the page at the proposal that comes next."""
    if _htmx(request):
        return desk(request, plan, opened=measure if open_it else None)
    closed = f"{reverse('plan:confirm', args=[plan.pk])}#m{measure or ''}"
    return redirect(address(plan, measure) if open_it else closed)


@require_POST
def section(request: HttpRequest, pk: int) -> HttpResponse:
    """A step on a whole section, or on all: give the owner, accept, accept what is ready, rename."""
    actor = request.actor  # type: ignore[attr-defined]
    plan = draft(actor, pk)
    do, code = request.POST.get("do", ""), request.POST.get("section")
    if do == "owner":
        form = TermsForm(request.POST, measure=Measure(plan=plan), sections=[])
        form.is_valid()
        unit = form.cleaned_data.get("owner")
        if unit is None:
            words = form.errors.get("owner") or [_("请填写牵头单位")]
            return desk(request, plan, note=" ".join(str(w) for w in words), status=422)
        n = drafting.give(actor, plan, code or "", unit)
        note = ngettext("%(n)d 条措施由%(unit)s牵头", "%(n)d 条措施由%(unit)s牵头", n) % {"n": n, "unit": unit}
    elif do == "rename":
        try:
            drafting.rename(actor, plan, code or "", request.POST.get("title", ""))
        except ValidationError:
            return desk(request, plan, note=_("请填写本节标题"), status=422)
        note = _("已修改本节标题")
    elif do in ("accept", "ready"):
        n = drafting.accept(actor, plan, code, ready=do == "ready")
        note = ngettext("已确认 %(n)d 条措施", "已确认 %(n)d 条措施", n) % {"n": n}
    else:
        raise Http404
    if _htmx(request):
        return desk(request, plan, note=note)
    messages.success(request, note)
    return redirect(f"{reverse('plan:confirm', args=[pk])}#s{code or ''}")


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A measure typed by hand, placed after another one."""
    actor = request.actor  # type: ignore[attr-defined]
    plan = draft(actor, pk)
    beside = request.POST.get("after", "")
    row = found_one(actor, plan, int(beside)) if beside.isdecimal() else None
    try:
        made = drafting.add(actor, plan, row, request.POST.get("text", "")[:1000])
    except ValidationError as error:
        return desk(request, plan, note=" ".join(error.messages), status=422)
    return back(request, plan, made.pk, open_it=True)
