"""Founding, moving, merging, splitting and closing a unit, each with a look at what will happen, and what became of it so far."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.engine import forms as engine_forms
from luoshi.engine import write
from luoshi.engine.pages.detail import get_row
from luoshi.engine.pages.sent import line, number
from luoshi.engine.register import register
from luoshi.foundation import files
from luoshi.foundation.grants import Verb
from luoshi.foundation.units import System, Unit
from luoshi.ui.render import render

from .. import forms, rules
from ..models import Change, Side, UnitChange, UnitSide
from . import life
from .bodies import BODIES

UNION_BODIES = {"committee": gettext_lazy("工会委员会"), "branch": gettext_lazy("联合工会，或选举组织员 1 人")}

Deed = Callable[[life.Decision], UnitChange]
Preview = list[tuple[str, str]]


def found(request: HttpRequest, pk: int) -> HttpResponse:
    """Found a unit below this one: first which body its members call for, then the deed."""
    unit, form = _begun(request, pk, forms.Founding)
    note = _("新组织设在本组织之下，属于同一系统；成立后请登记书记、委员和届次。")
    title = _("成立下级组织")
    if not (form.is_bound and form.is_valid()):
        return _page(request, form, unit, title, note, looks=True)
    if request.POST.get("do") != "confirm":
        return _page(request, form, unit, title, note, looks=True, preview=_founded(form))
    members = _("成立时正式成员 %(full)d 人，预备党员 %(probationary)d 人") % {
        "full": form.cleaned_data["full"], "probationary": form.cleaned_data["probationary"] or 0}
    return _done(request, form, unit, title, note,
                 lambda decided: life.found(request.actor, form.made, replace(decided, note=members)), looks=True)  # type: ignore[attr-defined]


def _founded(form: Any) -> Preview:
    made, called = form.made, form.called
    found = [(made.name, _("自 %(day)s 起成立，上级为%(parent)s") % {"day": made.since.isoformat(), "parent": made.parent}),
             (_("组织类型"), made.get_body_display())]
    if called is None:
        return found
    words = {"": _("与人数相符"), "larger": _("按人数宜设%(body)s；工作需要另设的，须经上级批准"),
             "smaller": _("按人数宜设%(body)s，请核对")}
    body = UNION_BODIES[called.body] if made.system == System.UNION else BODIES[called.body]
    return [*found, (_("按人数核对"), words[called.differs] % {"body": body}), (_("依据"), called.article)]


def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a unit under another parent from a day on, by a document."""
    unit, form = _begun(request, pk, forms.Moving)
    note = _("本组织和全部下级组织一并调整；生效日期之前的统计仍按原隶属关系计算。")
    if form.is_bound and form.is_valid():
        parent = form.cleaned_data["parent"]
        return _done(request, form, unit, _("调整隶属关系"), note,
                     lambda decided: life.move(request.actor, unit, parent, decided))  # type: ignore[attr-defined]
    return _page(request, form, unit, _("调整隶属关系"), note)


def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a unit from a day on, by a document; its records stay."""
    unit, form = _begun(request, pk, forms.Closing)
    note = _("撤销后不再产生新的职责，组织内的全部任职同日终止；已有记录保留，撤销日期之前的统计不变。")
    if form.is_bound and form.is_valid():
        return _done(request, form, unit, _("撤销组织"), note,
                     lambda decided: life.close(request.actor, unit, decided))  # type: ignore[attr-defined]
    return _page(request, form, unit, _("撤销组织"), note)


def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Join units into this one: first what will happen, then the deed."""
    unit, form = _begun(request, pk, forms.Merging)
    note = _("并入的组织同日撤销，其党员和下级组织转入本组织，原有职务终止；生效日期之前的统计不变。")
    title = _("合并其他组织")
    if not (form.is_bound and form.is_valid()):
        return _page(request, form, unit, title, note, looks=True)
    sources, on = form.chosen, form.cleaned_data["on"]
    form.judge(later_posts=life.later_offices(sources, on))
    if form.errors or request.POST.get("do") != "confirm":
        return _page(request, form, unit, title, note, looks=True,
                     preview=None if form.errors else _joined(unit, sources, on))
    return _done(request, form, unit, title, note,
                 lambda decided: life.merge(request.actor, unit, sources, decided), looks=True)  # type: ignore[attr-defined]


def _joined(unit: Unit, sources: list[Unit], on: Any) -> Preview:
    found = []
    for one in sources:
        rows = list(life.lasting([one], on))
        going = {row.person_id for row in rows if row.post in life.BELONGING}
        offices = sum(1 for row in rows if row.post not in life.BELONGING)
        found.append((one.name, _("撤销；%(people)d 人转入，%(offices)d 个职务终止，%(below)d 个下级组织转入")
                      % {"people": len(going), "offices": offices, "below": len(life.below(one))}))
    return [*found, (unit.name, _("继续存在，届次和职务不变"))]


def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Divide a unit: name the new ones, choose who goes where, see what will happen, then do it."""
    actor = request.actor  # type: ignore[attr-defined]
    unit, form = _begun(request, pk, forms.Splitting)
    register("unit").require(actor, Verb.ADD, unit.place[:-4])  # the new units stand beside this one
    note = _("新组织与原组织同一上级；选定去向的人员和下级组织同日转入，其在原组织的职务终止；生效日期之前的统计不变。")
    title = _("分设")
    people, groups = forms.members(unit, actor.today), life.below(unit)
    more = {"people": people, "groups": groups, "sent": request.POST, "parts": range(1, forms.PARTS + 1)}
    if not (form.is_bound and form.is_valid()):
        return _page(request, form, unit, title, note, looks=True, more=more)
    parts = _parts(request, form, people, groups)
    _judge(form, unit, parts, people, groups)
    if form.errors or request.POST.get("do") != "confirm":
        preview = None if form.errors else _divided(form, unit, parts, people, groups)
        return _page(request, form, unit, title, note, looks=True, preview=preview, more=more)
    closes = form.cleaned_data["closes"]
    return _done(request, form, unit, title, note,
                 lambda decided: life.split(actor, unit, parts, decided, closes=closes), looks=True, more=more)


def _parts(request: HttpRequest, form: Any, people: list[Any], groups: list[Unit]) -> list[life.Part]:
    def going(prefix: str, keys: list[int], n: int) -> frozenset[int]:
        return frozenset(key for key in keys if number(request, f"{prefix}-{key}") == n)

    persons, units = [one.person_id for one in people], [one.pk for one in groups]
    return [life.Part(name, code, going("person", persons, n), going("unit", units, n))
            for n, (name, code) in form.named.items()]


def _judge(form: Any, unit: Unit, parts: list[life.Part], people: list[Any], groups: list[Unit]) -> None:
    going = {key for part in parts for key in part.people}
    moved = {key for part in parts for key in part.below}
    on = form.cleaned_data["on"]
    leaving = [unit] if form.cleaned_data["closes"] else []
    later = life.later_offices(leaving, on) + life.lasting([unit], on).filter(person__in=going, since__gte=on).exclude(
        post__in=life.BELONGING).count()
    form.take(rules.split_problems(
        on=on, since=forms.since_where_it_stands(unit), today=form.actor.today, codes=[part.code for part in parts],
        closes=form.cleaned_data["closes"], unplaced=len(people) - len(going) + len(groups) - len(moved),
        later_posts=later))
    for part in parts:
        if not part.people:
            form.add_error(None, str(forms.PROBLEMS["nobody_goes"]) % {"name": part.name})


def _divided(form: Any, unit: Unit, parts: list[life.Part], people: list[Any], groups: list[Unit]) -> Preview:
    found = [(part.name, _("成立；转入 %(people)d 人、%(below)d 个下级组织") % {"people": len(part.people), "below": len(part.below)})
             for part in parts]
    if form.cleaned_data["closes"]:
        return [*found, (unit.name, _("撤销，全部职务终止"))]
    left = len(people) - sum(len(part.people) for part in parts)
    return [*found, (unit.name, _("继续存在，留 %(people)d 人") % {"people": left})]


def _begun(request: HttpRequest, pk: int, kind: Any) -> tuple[Unit, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    unit = get_row(register("unit"), actor, pk, Verb.MANAGE)
    seen = number(request, "version")
    form = kind(request.POST if request.method == "POST" else None, request.FILES or None, unit=unit, actor=actor)
    if form.is_bound and seen is not None:
        unit.version = seen  # the door compares: what someone else did in between is not done over
    return unit, form


def _done(request: HttpRequest, form: Any, unit: Unit, title: str, note: str, deed: Deed, *, looks: bool = False,
          more: dict[str, Any] | None = None) -> HttpResponse:
    """Do it, keep the scanned paper with the record of it, and show what became of the unit."""
    kept = form.cleaned_data
    decided = life.Decision(kept["on"], kept["document"], key=line(request, "key", 40))
    try:
        change = deed(decided)
    except ValidationError as error:
        engine_forms.take_errors(form, error)
        return _page(request, form, unit, title, note, looks=looks, more=more)
    except write.Conflict as clash:
        form.add_error(None, _("“%(unit)s”刚刚被他人修改，本次没有执行。请核对现在的情况后再提交") % {"unit": clash.stored})
        return _page(request, form, get_row(register("unit"), request.actor, unit.pk), title, note, looks=looks,  # type: ignore[attr-defined]
                     more=more)
    except write.Repeated as again:
        messages.info(request, str(again))
        return redirect("unit-history", unit.pk)
    if sent := kept.get("paper"):
        files.store(sent.read(), name=sent.name, register="unit_change", row=change.pk, place=change.place,
                    by=request.actor.id)  # type: ignore[attr-defined]
    messages.success(request, _("已办理：%(title)s，%(unit)s") % {"title": title, "unit": change.unit})
    return redirect("unit-history", change.unit_id)


def _page(request: HttpRequest, form: Any, unit: Unit, title: str, note: str, *, looks: bool = False,
          preview: Preview | None = None, more: dict[str, Any] | None = None) -> HttpResponse:
    """`looks` pages show what will happen before the deed; the paper is asked for with the last step."""
    back = reverse("detail", args=["unit", unit.pk])
    if looks and preview is None:
        form.fields.pop("paper", None)
    buttons = [(_("看看将发生什么"), "do", "preview", "" if preview else "primary")] if looks else []
    if preview or not looks:
        buttons.insert(0, (_("确认办理"), "do", "confirm", "primary"))
    return render(request, "organization/split.html" if more else "organization/step.html", {
        "title": title, "note": note, "buttons": buttons, "back": back,
        "fields": _paired(engine_forms.drawn(form)) if more else engine_forms.drawn(form),
        "errors": engine_forms.errors_of(form) if form.is_bound else [], "preview": preview,
        "facts": [(_("名称"), unit.name), (_("现在的上级"), str(unit.parent or "")),
                  (_("成立日期"), unit.since.isoformat()), (_("下级组织"), forms.living_below(unit))],
        "version": unit.version, "key": request.POST.get("key") or secrets.token_hex(16),
        "crumbs": [(_("首页"), reverse("home")), (register("unit").label, reverse("list", args=["unit"])),
                   (unit.name, back), (title, None)], **(more or {}),
    }, status=422 if form.is_bound and form.errors else 200)


def _paired(fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Name and code of each new unit side by side."""
    one = [field for field in fields if not field["name"].startswith(("name_", "code_"))]
    pairs = [field for field in fields if field["name"].startswith(("name_", "code_"))]
    return [*one, *({"legend": _("新组织 %(n)d") % {"n": n // 2 + 1}, "fields": pairs[n:n + 2], "row": True}
                    for n in range(0, len(pairs), 2))]


def history(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of a unit from its founding on, newest first, each with its paper."""
    actor = request.actor  # type: ignore[attr-defined]
    unit = get_row(register("unit"), actor, pk)
    own = UnitSide.objects.filter(unit=unit).values("change")
    rows = register("unit_change").rows(actor)
    found = list((rows.filter(unit=unit) | rows.filter(pk__in=own)).select_related("unit").order_by("-on", "-id"))
    sides: dict[int, list[UnitSide]] = {}
    for side in UnitSide.objects.filter(change__in=found).select_related("unit").order_by("pk"):
        sides.setdefault(side.change_id, []).append(side)
    papers: dict[int | None, list[Any]] = {}
    for kept in files.StoredFile.objects.filter(register="unit_change", row__in=[one.pk for one in found]):
        papers.setdefault(kept.row, []).append((kept.name, reverse("file", args=[kept.token]), ""))
    entries = [(one, _sentence(one, sides.get(one.pk, [])), papers.get(one.pk, [])) for one in found]
    back = reverse("detail", args=["unit", pk])
    return render(request, "organization/history.html", {
        "title": _("%(unit)s沿革") % {"unit": unit}, "unit": unit, "entries": entries,
        "founded": not any(one.kind == Change.FOUNDED or _made(unit, sides.get(one.pk, []), one) for one in found),
        "crumbs": [(_("首页"), reverse("home")), (register("unit").label, reverse("list", args=["unit"])),
                   (unit.name, back), (_("沿革"), None)],
    })


def _made(unit: Unit, its: list[UnitSide], change: UnitChange) -> bool:
    """Whether a division made this unit."""
    return change.kind == Change.SPLIT and change.unit_id != unit.pk and any(
        one.side == Side.TO and one.unit_id == unit.pk for one in its)


def _sentence(change: UnitChange, its: list[UnitSide]) -> str:
    before = "、".join(one.unit.name for one in its if one.side == Side.FROM and one.unit_id != change.unit_id)
    after = "、".join(one.unit.name for one in its if one.side == Side.TO and one.unit_id != change.unit_id)
    words = {"unit": change.unit.name, "before": before, "after": after}
    match change.kind:
        case Change.MOVED if before:
            return _("%(unit)s由%(before)s调整到%(after)s") % words
        case Change.MOVED:
            return _("%(unit)s调整到%(after)s") % words
        case Change.MERGED:
            return _("%(before)s并入%(unit)s") % words
        case Change.SPLIT if any(one.side == Side.TO and one.unit_id == change.unit_id for one in its):
            return _("%(unit)s分设出%(after)s") % words
        case Change.SPLIT:
            return _("%(unit)s分为%(after)s，原组织撤销") % words
        case Change.CLOSED:
            return _("%(unit)s撤销") % words
    return _("%(unit)s成立") % words
