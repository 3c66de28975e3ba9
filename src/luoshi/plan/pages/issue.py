"""Check what is missing, issue the plan, and read its editions with what each changed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.indicators import indicators
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

from .. import editions, kinds, rules
from ..models import ALIVE, MeasureState, Method, Plan, PlanState
from .frame import crumbs, found_plan, tabs


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The check list; issuing is one press once nothing that blocks is left."""
    actor = request.actor  # type: ignore[attr-defined]
    plan = found_plan(actor, pk, Verb.CHANGE)
    if plan.state != PlanState.DRAFT:
        return redirect("plan:versions", pk)
    errors: list[tuple[str | None, str]] = []
    if request.method == "POST":
        try:
            editions.issue(actor, plan)
            messages.success(request, _("已下达。各牵头单位在首页看到自己的措施"))
            return redirect("plan:board", pk)
        except ValidationError as error:
            errors = [(None, text) for text in error.messages]
            plan = found_plan(actor, pk, Verb.CHANGE)
        except write.Conflict as clash:
            errors = [(None, str(clash))]
            plan = found_plan(actor, pk, Verb.CHANGE)
    found = [one for one in editions.living(plan) if one.state in ALIVE]
    lacking = editions.lacking(found)
    blocked = not found or any(lacking[code] for code in rules.BLOCKING)
    return render(request, "plan/issue.html", {
        "title": _("核对并下达"), "plan": plan, "errors": errors, "blocked": blocked, "count": len(found),
        "owners": len({one.owner_id for one in found if one.owner_id}),
        "steps": [_step(plan, code, lacking[code]) for code in lacking],
        "lists": [(str(LABELS[code]), [(one.text, _open(plan, one.pk)) for one in ones])
                  for code, ones in lacking.items() if ones],
        "tabs": tabs(plan, "confirm", actor), "crumbs": crumbs(plan, (_("核对并下达"), None)),
    }, status=422 if errors else 200)


LABELS = {
    "unread": gettext_lazy("未确认的措施"), "needs": gettext_lazy("名称缺失、待补填的措施"),
    "owner": gettext_lazy("没有牵头单位的措施"), "due": gettext_lazy("没有期限的措施（按年底计）"),
    "rule": gettext_lazy("没有计数规则的措施（不显示数字）"),
}


def _step(plan: Plan, code: str, ones: list[Any]) -> tuple[str, str | None, str, str, str]:
    state = "ok" if not ones else ("late" if code in rules.BLOCKING else "soon")
    word = _("齐全") if not ones else _("%(n)d 条") % {"n": len(ones)}
    note = "" if not ones or code not in rules.BLOCKING else _("补全后才能下达")
    return str(LABELS[code]), _open(plan, ones[0].pk) if ones else None, state, word, note


def _open(plan: Plan, measure: int) -> str:
    return f"{reverse('plan:confirm', args=[plan.pk])}?m={measure}#m{measure}"


def versions(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    plan = found_plan(actor, pk)
    rows = [(nth(one.number), reverse("plan:version", args=[pk, one.number]), one.day, one.by, one.reason)
            for one in plan.editions.defer("data")]
    return render(request, "plan/versions.html", {
        "title": _("版本"), "plan": plan, "rows": rows, "tabs": tabs(plan, "versions", actor),
        "crumbs": crumbs(plan, (_("版本"), None))})


def nth(number: int) -> str:
    return _("第 %(n)d 版") % {"n": number}


def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One edition: what it changed against the one before, then its measures as they stood."""
    actor = request.actor  # type: ignore[attr-defined]
    plan = found_plan(actor, pk)
    pair = {one.number: one for one in plan.editions.filter(number__in=(number, number - 1))}
    if number not in pair:
        raise Http404
    here, before = pair[number], pair.get(number - 1)
    visible = _visible(actor, plan)
    new = [m for m in here.data["measures"] if visible is None or m["id"] in visible]
    old = [m for m in before.data["measures"] if visible is None or m["id"] in visible] if before else []
    return render(request, "plan/version.html", {
        "title": nth(number), "plan": plan, "edition": here, "before": before,
        "changes": [_sentences(one) for one in rules.changes(old=old, new=new)] if before else [],
        "rows": [(m["number"], m["text"], m["owner"], m["due"] or "—", _counted(m["rules"]),
                  MeasureState(m["state"]).label) for m in new],
        "crumbs": crumbs(plan, (_("版本"), reverse("plan:versions", args=[pk])), (nth(number), None)),
    })


def _visible(actor: Actor, plan: Plan) -> set[int] | None:
    """The measures this actor may see; None for those of the issuing unit, who see all, those since cancelled too."""
    if register("plan").may(actor, Verb.CHANGE, plan.place):
        return None
    return set(register("measure").rows(actor).filter(plan=plan).values_list("pk", flat=True))


WORDS = {
    "number": gettext_lazy("编号"), "text": gettext_lazy("措施"), "kind": gettext_lazy("事项类别"),
    "owner": gettext_lazy("牵头单位"), "helpers": gettext_lazy("协办单位"), "since": gettext_lazy("开始日期"),
    "due": gettext_lazy("完成期限"), "rules": gettext_lazy("计数规则"), "supplied": gettext_lazy("补填的名称"),
    "state": gettext_lazy("状态"),
}


def _sentences(one: rules.Change) -> dict[str, Any]:
    what = {"added": _("新增"), "dropped": _("取消"), "changed": _("修改")}[one.what]
    text = (one.new or one.old or {})["text"]
    tone = {"added": "ok", "dropped": "late", "changed": "soon"}[one.what]
    fields = [(str(WORDS[f]), _said(f, old), _said(f, new)) for f, (old, new) in one.fields.items()]
    return {"number": one.number, "what": what, "tone": tone, "text": text, "fields": fields}


def _said(field: str, value: Any) -> str:
    if field == "rules":
        return _counted(value or [])
    if field == "kind":
        return kinds.label(value) if value else "—"
    if field == "state":
        return str(MeasureState(value).label)
    return "、".join(value) if isinstance(value, list) and value else (str(value) if value else "—")


def _counted(found: list[dict[str, Any]]) -> str:
    """Counting rules as a phrase: indicator, words, target."""
    known = indicators()
    parts = []
    for one in found:
        name = _("节点") if one["method"] == Method.MILESTONE else str(
            known[one["indicator"]].label if one["indicator"] in known else one["indicator"])
        if one["words"]:
            name += f"（{one['words']}）"
        parts.append(f"{name} {one['target']}" if one["target"] else (
            name if one["tenths"] == 10 else _("%(name)s %(n)d 成") % {"name": name, "n": one["tenths"]}))
    return "；".join(parts) or "—"
