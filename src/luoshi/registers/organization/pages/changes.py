"""Pages for merging and splitting a unit, with a look at what will happen first; and a unit's history."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import forms as engine_forms
from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.pages.detail import get_row
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Post
from luoshi.foundation.units import Placement, Unit
from luoshi.ui.render import render

from ..forms import changes as forms
from ..forms import living_below
from ..models.changes import UnitChange
from ..rules import changes as rules
from . import changing


def merge_page(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    unit = get_row(register("unit"), actor, pk, Verb.MANAGE)
    form = forms.Merging(request.POST if request.method == "POST" else None, unit=unit, actor=actor)
    sound = request.method == "POST" and form.is_valid()
    if sound and request.POST.get("do") == "confirm":
        kept = form.cleaned_data
        try:
            result = changing.merge(actor, unit, form.others(), name=kept["name"].strip(), on=kept["on"],
                                    document=kept["document"])
            messages.success(request, _("已合并为：%(unit)s") % {"unit": result})
            return redirect("detail", "unit", result.pk)
        except (ValidationError, write.Conflict) as error:
            _told(form, error)
            unit, sound = get_row(register("unit"), actor, pk, Verb.MANAGE), False
    outcome = _after_merge(unit, form, actor) if sound else []
    return _step(request, form, unit, _("合并组织"), outcome, people=[])


def _after_merge(unit: Unit, form: forms.Merging, actor: Actor) -> list[str]:
    """What will happen, in sentences."""
    on, others, name = form.cleaned_data["on"], form.others(), form.cleaned_data["name"].strip()
    ending = [*others, unit] if name else others
    moved = sum(len(forms.members(one, on)) for one in ending)
    said = [_("新设“%(name)s”，上级为%(parent)s") % {"name": name, "parent": unit.parent or "—"}] if name else []
    said += [_("“%(unit)s”自 %(day)s 起撤销，委员会任期随之结束") % {"unit": one, "day": on.isoformat()} for one in ending]
    said.append(_("%(n)d 人的组织关系转到“%(unit)s”") % {"n": moved, "unit": name or unit})
    below = sum(living_below(one) for one in ending)
    if below:
        said.append(_("%(n)d 个下级组织改为隶属“%(unit)s”") % {"n": below, "unit": name or unit})
    return [*said, _("%(day)s 之前的统计仍按原组织计算") % {"day": on.isoformat()}]


def split_page(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    unit = get_row(register("unit"), actor, pk, Verb.MANAGE)
    form = forms.Splitting(request.POST if request.method == "POST" else None, unit=unit, actor=actor)
    sound = request.method == "POST" and form.is_valid()
    if sound and request.POST.get("do") == "confirm":
        kept = form.cleaned_data
        goes = {name: [one.person_id for one in form.people if form.goes(one) == n]
                for n, name in enumerate(form.names(), 1)}
        try:
            changing.split(actor, unit, goes, closes=kept["closes"], on=kept["on"], document=kept["document"])
            messages.success(request, _("已拆分：%(unit)s") % {"unit": unit})
            return redirect("unit-history", unit.pk)
        except (ValidationError, write.Conflict) as error:
            _told(form, error)
            unit, sound = get_row(register("unit"), actor, pk, Verb.MANAGE), False
    chosen = [(one.person_id, str(one.person), str(one.get_post_display()), form.goes(one) if form.is_bound else 0)
              for one in form.people]
    return _step(request, form, unit, _("拆分组织"), _after_split(unit, form) if sound else [], people=chosen)


def _after_split(unit: Unit, form: forms.Splitting) -> list[str]:
    on, said = form.cleaned_data["on"], []
    for n, name in enumerate(form.names(), 1):
        its = [one for one in form.people if form.goes(one) == n]
        said.append(_("新设“%(name)s”，转入 %(n)d 人") % {"name": name, "n": len(its)})
        if rules.small(body=unit.body, full=sum(one.post == Post.MEMBER for one in its)):
            said.append(_("“%(name)s”的正式党员不足 3 人，宜改设联合党支部（机关条例 第七条）") % {"name": name})
    left = sum(form.goes(one) == 0 for one in form.people)
    said.append(_("“%(unit)s”自 %(day)s 起撤销，委员会任期随之结束") % {"unit": unit, "day": on.isoformat()}
                if form.cleaned_data["closes"] else _("“%(unit)s”继续存在，留下 %(n)d 人") % {"unit": unit, "n": left})
    if not form.cleaned_data["closes"] and rules.small(
            body=unit.body, full=sum(one.post == Post.MEMBER and form.goes(one) == 0 for one in form.people)):
        said.append(_("“%(name)s”的正式党员不足 3 人，宜改设联合党支部（机关条例 第七条）") % {"name": unit})
    return [*said, _("%(day)s 之前的统计仍按原组织计算") % {"day": on.isoformat()}]


def _told(form: Any, error: Exception) -> None:
    """Put a refusal of the door on the form; nothing was stored."""
    if isinstance(error, write.Conflict):
        error = ValidationError(_("组织信息刚刚被他人修改，请核对后重新提交"))
    assert isinstance(error, ValidationError)
    engine_forms.take_errors(form, error)


def _step(request: HttpRequest, form: Any, unit: Unit, title: str, outcome: list[str],
          people: list[tuple[int, str, str, int]]) -> HttpResponse:
    back = reverse("detail", args=["unit", unit.pk])
    bad = request.method == "POST" and not outcome
    return render(request, "organization/change.html", {
        "title": title, "fields": engine_forms.drawn(form), "back": back, "outcome": outcome, "people": people,
        "errors": engine_forms.errors_of(form) if bad else [], "targets": range(forms.NEW + 1),
        "note": _("提交前先列出变动结果，核对无误再确认"),
        "facts": [(_("名称"), unit.name), (_("上级"), str(unit.parent or "—")), (_("人数"), len(forms.members(
            unit, request.actor.today))), (_("下级组织"), living_below(unit))],  # type: ignore[attr-defined]
        "crumbs": [(_("首页"), reverse("home")), (register("unit").label, reverse("list", args=["unit"])),
                   (unit.name, back), (title, None)],
    }, status=422 if bad else 200)


def history_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of a unit, and under whom it stood when."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    unit = get_row(register("unit"), actor, pk)
    found = UnitChange.objects.filter(Q(unit=unit) | Q(sides__unit=unit), withdrawn=False).distinct()
    changes = [(one.on.isoformat(), str(one.get_kind_display()), one.document,
                "、".join(f"{s.unit}（{s.members}）" for s in one.sides.all() if s.role == "before"),
                "、".join(f"{s.unit}（{s.members}）" for s in one.sides.all() if s.role == "after"))
               for one in found.prefetch_related("sides__unit").order_by("-on", "-id")]
    stood = [(one.since.isoformat(), one.until.isoformat() if one.until else _("至今"), str(one.parent or "—"))
             for one in Placement.objects.filter(unit=unit).select_related("parent").order_by("since")]
    return render(request, "organization/history.html", {
        "title": _("组织沿革"), "unit": unit, "changes": changes, "stood": stood,
        "change_columns": [(_("生效日期"), "date"), (_("变动"), ""), (_("批准文号"), "wrap"), (_("变动前（人数）"), "wrap"),
                           (_("变动后（人数）"), "wrap")],
        "stood_columns": [(_("起"), "date"), (_("止"), "date"), (_("上级"), "wrap")],
        "crumbs": [(_("首页"), reverse("home")), (register("unit").label, reverse("list", args=["unit"])),
                   (unit.name, reverse("detail", args=["unit", pk])), (_("组织沿革"), None)],
    })
