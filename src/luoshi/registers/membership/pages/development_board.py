"""The board of all cases: who stands where, what is next, what is overdue and what falls due within thirty days."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.engine.actor import Actor
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

from ..models.development import ON_THE_WAY, Case
from ..models.development_words import STEPS, State
from ..rules import development as rules

LAMPS: dict[str, tuple[str, Any]] = {
    "done": ("ok", gettext_lazy("已完成")), "next": ("soon", gettext_lazy("待办")),
    "waiting": ("none", gettext_lazy("未到")), "late": ("late", gettext_lazy("逾期")),
    "skipped": ("waived", gettext_lazy("不要求")),
}
MOST = 500
VIEWS = ("all", "late", "soon")


def note_of(mark: rules.Mark) -> str:
    """The dates of a step in a few words."""
    parts = []
    if mark.on:
        parts.append(mark.on.isoformat())
    if mark.repeated:
        parts.append(_("已考察 %(n)s 次") % {"n": mark.repeated})
    if mark.state != "done":
        if mark.earliest:
            parts.append(_("最早 %(day)s") % {"day": mark.earliest.isoformat()})
        if mark.due:
            parts.append(_("应于 %(day)s 前") % {"day": mark.due.isoformat()})
        if mark.needs:
            parts.append(_("须先完成：%(what)s") % {"what": "、".join(str(STEPS[one]) for one in mark.needs)})
    return " · ".join(parts)


def open_cases(actor: Actor) -> list[tuple[Case, list[rules.Mark]]]:
    """The cases on their way that the reader may see, each with its steps: four queries."""
    rows = register("development").rows(actor).filter(ON_THE_WAY).select_related("person", "unit")
    found = rows.prefetch_related("reviews", "notices").order_by("place", "id")[:MOST]
    return [(case, rules.timeline(facts=case.facts(people=False), today=actor.today)) for case in found]


def next_of(marks: list[rules.Mark], today: date) -> rules.Mark | None:
    """What to name beside a case: what presses, else the first step that can be done."""
    pressing = rules.pressing(marks=marks, today=today)
    return pressing[0] if pressing else next((one for one in marks if one.state in ("next", "waiting")), None)


def board_page(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    door = register("development")
    door.require(actor, Verb.SEE)
    view = request.GET.get("view", "all") if request.GET.get("view") in VIEWS else "all"
    stage = request.GET.get("stage", "")
    rows = []
    for case, marks in open_cases(actor):
        pressing = rules.pressing(marks=marks, today=actor.today)
        state = "late" if any(one.state == "late" for one in pressing) else "soon" if pressing else "all"
        rows.append((case, next_of(marks, actor.today), state))
    counts = {key: sum(1 for _case, _mark, state in rows if key in ("all", state)) for key in VIEWS}
    stages = [(one, sum(1 for case, _m, _s in rows if case.state == one)) for one in
              (State.APPLIED, State.ACTIVIST, State.OBJECT, State.PROBATION)]
    shown = [one for one in rows if view in ("all", one[2]) and stage in ("", one[0].state)]
    here = reverse("development-board")
    words = {"all": _("全部"), "late": _("有逾期事项"), "soon": _("30 天内到期")}
    return render(request, "membership/development_board.html", {
        "title": _("发展党员一览"), "rows": [_row(*one) for one in shown], "many": len(rows) >= MOST,
        "views": [(words[key], f"{here}?view={key}", key == view and not stage, counts[key]) for key in VIEWS]
        + [(one.label, f"{here}?stage={one.value}", one.value == stage, n) for one, n in stages],
        "toolbar": [(_("登记入党申请"), reverse("new", args=["development"]), "plus", True)] if door.may(actor, Verb.ADD) else [],
        "list": reverse("list", args=["development"]), "lists": [
            (label, reverse("list", args=[name]), False) for label, name in (
                (_("全部记录和导出"), "development"), (_("培养考察"), "development_review"), (_("公示"), "development_notice"),
                (_("已打印的文书"), "development_paper")) if register(name).may(actor, Verb.SEE)]
        + [(_("文书模板"), reverse("development-forms"), False)], "crumbs": [(_("首页"), reverse("home")), (_("发展党员一览"), None)],
    })


def _row(case: Case, mark: rules.Mark | None, state: str) -> dict[str, Any]:
    lamp, word = {"late": ("late", _("逾期")), "soon": ("soon", _("临近")), "all": ("ok", _("正常"))}[state]
    return {"name": case.person.name, "url": reverse("development-timeline", args=[case.pk]), "unit": case.unit.name,
            "state": case.get_state_display(), "next": STEPS[mark.code] if mark else "", "note": note_of(mark) if mark else "",
            "due": mark.due if mark else None, "lamp": lamp, "word": word, "late": state == "late"}
