"""Where a case stands step by step, the small page of each step, and the board of all cases."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.chrome import EXTRA
from luoshi.engine.pages import edit
from luoshi.engine.pages.sent import line
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.kernel.workdays import provisional
from luoshi.ui.render import render

from ..forms import development as forms
from ..models.development import Case, higher_place
from ..models.development_words import ACTORS, DATES, STEPS, State, article
from ..rules import development as rules
from . import development_notice, development_papers
from .development_asking import asked, crumbs, get_case, head, kept, may_step, whole
from .development_board import LAMPS, board_page, note_of

GROUPS = (  # the phases as headings of the timeline
    (gettext_lazy("申请入党"), ("apply", "talk")),
    (gettext_lazy("入党积极分子的确定和培养"), ("activist", "activist_file", "contacts", "cultivate")),
    (gettext_lazy("发展对象的确定和考察"),
     ("object", "consent", "notice", "list", "sponsors", "political", "train", "committee", "prereview")),
    (gettext_lazy("预备党员的接收"), ("form", "meeting", "interview", "approve", "upfile", "assign", "oath")),
    (gettext_lazy("预备党员的教育考察和转正"),
     ("probation", "convert_apply", "convert_check", "convert", "convert_approve", "archive")),
)
PHASES = ("applied", "activist", "object", "probation", "full")


def timeline_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Each step with its date, its due day, its article, and the next thing to do."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = whole(get_case(request, pk))
    marks = {one.code: one for one in rules.timeline(facts=case.facts(people=False), today=actor.today)}
    writes = register("development").may_row(actor, Verb.CHANGE, case)
    pressing = rules.pressing(marks=list(marks.values()), today=actor.today)
    upcoming = list(dict.fromkeys([*pressing, *(one for one in marks.values() if one.state == "next")]))[:4]
    return render(request, "membership/development_timeline.html", {
        "title": _("%(name)s · 发展党员") % {"name": case.person.name}, "case": case,
        "facts": head(case), "phases": [str(State(one).label) for one in PHASES],
        "at": PHASES.index(case.state) if case.state in PHASES else -1,
        "upcoming": [_row(case, one, actor, writes) for one in upcoming],
        "groups": [(label, [_row(case, marks[code], actor, writes) for code in codes],
                    all(marks[code].state in ("done", "skipped") for code in codes)) for label, codes in GROUPS],
        "asides": _asides(case, actor) if writes else [], "writes": writes,
        "reviews": sorted((one for one in case.reviews.all() if not one.withdrawn), key=lambda one: one.due_on),
        "notices": [one for one in case.notices.all() if not one.withdrawn],
        "papers": development_papers.listed(case), "approves": writes and may_step(case, "approve", actor), "waivers": case.waivers,
        "lacking": [str(development_papers.title(one)) for one in development_papers.lacking(case)],
        "provisional": any(provisional(one.ends_on.year) for one in case.notices.all() if not one.withdrawn),
        "crumbs": crumbs(case),
    })


def _row(case: Case, mark: rules.Mark, actor: Actor, writes: bool) -> tuple[Any, str, str, str, str]:
    """One line of the task list: label, address, lamp, word, note."""
    lamp, word = LAMPS[mark.state]
    if mark.late and mark.state == "done":
        word = _("已完成（超过期限）")
    parts = [note_of(mark), _("由%(who)s办理") % {"who": ACTORS[mark.actor]} if mark.state in ("next", "late") else "",
             article(mark.code, mark.version)]
    address = _address(case, mark, actor) if writes else ""
    return STEPS[mark.code], address, lamp, str(word), " · ".join(filter(None, parts))


def _address(case: Case, mark: rules.Mark, actor: Actor) -> str:
    """Where a step is done; "" where it is not its turn or not this reader's part."""
    if mark.code in ("cultivate", "probation"):
        waiting = next((one for one in case.reviews.all() if one.held_on is None and not one.withdrawn
                        and (one.kind == "activist") == (mark.code == "cultivate")), None)
        return reverse("development-review", args=[waiting.pk]) if waiting else ""
    if mark.code == "notice":
        running = next((one for one in case.notices.all() if not one.withdrawn and one.closed_on is None), None)
        if running:
            return reverse("development-notice", args=[running.pk])
        last = next((one for one in case.notices.all() if not one.withdrawn and one.closed_on == mark.on), None)
        if mark.state == "done" and last:
            return reverse("development-notice", args=[last.pk])
        return reverse("development-notice-new", args=[case.pk]) if mark.state == "next" else ""
    needs = [one for one in mark.needs if one != "notice"]  # a listing of before the revision is still written down
    if mark.state == "skipped" or needs or (mark.state == "waiting" and mark.earliest is None):
        return ""
    return reverse("development-step", args=[case.pk, mark.code]) if may_step(case, mark.code, actor) else ""


def _asides(case: Case, actor: Actor) -> list[tuple[Any, str]]:
    wanted = {"probation": ("extend", "cancel"), "full": (), "cancelled": ("cancel",), "ended": ("end",)}
    codes = wanted.get(case.state, ("end",))
    return [(STEPS[code], reverse("development-step", args=[case.pk, code])) for code in codes if may_step(case, code, actor)]


def step_page(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """One step: its few facts; what forbids it is said with the article, and what is only general may be set aside."""
    if code not in DATES:
        raise Http404
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = get_case(request, pk, Verb.CHANGE)
    if not may_step(case, code, actor):
        register("development").require(actor, Verb.CHANGE, higher_place(case.unit))
    part, back = forms.step_register(code), reverse("development-timeline", args=[case.pk])
    sent = edit.chosen(part, case, request.POST) if request.method == "POST" else None
    form = forms.step_form(case, code, actor, sent)
    soft: list[rules.Problem] = []
    if sent is not None and form.is_valid():
        soft = _soft(case, actor)
        if answer := kept(request, form, lambda: _keep(request, actor, case, soft), part, back):
            return answer
    reason = forms.Reason(sent if soft and sent and "reason" in sent else None) if soft else None
    return asked(request, form, case, str(STEPS[code]), back, extra=reason,
                 cited=article(code, case.version_of(code) if getattr(case, DATES[code]) else rules.version_on(day=actor.today)))


def _soft(case: Case, actor: Actor) -> list[rules.Problem]:
    """What stands against the step and may be set aside by this reader; [] where something hard stands."""
    found = rules.soft_ones(found=list(rules.problems(facts=case.facts(), today=actor.today)))
    return found if found and register("development").may_row(actor, Verb.MANAGE, case) else []


def _keep(request: HttpRequest, actor: Actor, case: Case, soft: list[rules.Problem]) -> Case:
    reason = line(request, "reason", 200)
    if soft and reason:
        case.waivers = [*case.waivers, *({"code": one.code, "reason": reason, "on": actor.today.isoformat(),
                                          "by": actor.name} for one in soft)]
    saved: Case = write.save(actor, register("development"), case, key=line(request, "key", 64), verb="change", reason=reason)
    return saved


urlpatterns = [
    path("development/", board_page, name="development-board"),
    path("development/<int:pk>/", timeline_page, name="development-timeline"),
    path("development/<int:pk>/step/<slug:code>/", step_page, name="development-step"),
    *development_notice.urlpatterns,
    *development_papers.urlpatterns,
]
EXTRA.append(("organisation", "development-board", gettext_lazy("发展党员一览"), Verb.SEE, "development"))
