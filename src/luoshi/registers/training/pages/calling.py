"""A class: who can be called to it, those who still owe it first, and who is enrolled."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import bulk
from luoshi.engine.actor import Actor
from luoshi.engine.pages.detail import get_row
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

from .. import rules
from ..documents import people
from ..forms import OFFERED, POSTS, Candidate, candidates_of
from ..models import ClassState, Enrolment, Kind, Result, TrainingClass

SHOWN = 200
TONES = {Result.COMPLETED: "ok", Result.ENROLLED: "none", Result.INCOMPLETE: "soon", Result.LEFT: "none"}


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The list is worked out from posts and from other registers; a press enrols those ticked, or all who still owe it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    training = get_row(register("training_class"), actor, pk)
    opened = training.state == ClassState.OPEN
    may = opened and register("enrolment").may(actor, Verb.ADD)
    if request.method == "POST":
        if not may:
            raise PermissionDenied(_("培训班不在报名中，不能增加学员；请与主办单位联系"))
        return _enrol(request, actor, training)
    listed = candidates_of(training, actor) if training.kind in POSTS or training.kind in OFFERED else []
    enrolled = people(training, actor)
    free = None if training.seats is None else max(training.seats - _taken(training), 0)
    return render(request, "training/class.html", {
        "title": training.name, "training": training, "may": may, "opened": opened, "free": free,
        "candidates": [(one, *_lamp(one, actor, training.kind)) for one in listed[:SHOWN]], "more": max(len(listed) - SHOWN, 0),
        "owing": sum(not one.trained for one in listed), "whom": _whom(training),
        "enrolled": [(one, TONES[Result(one.result)]) for one in enrolled],
        "results_url": reverse("training-results", args=[pk])
        if register("training_class").may_row(actor, Verb.CHANGE, training) else "",
        "crumbs": [(_("首页"), reverse("home")), (register("training_class").label, reverse("list", args=["training_class"])),
                   (training.name, reverse("detail", args=["training_class", pk])), (_("应训名单和报名"), None)],
    })


def _taken(training: TrainingClass) -> int:
    return Enrolment.objects.filter(training=training, withdrawn=False).exclude(result=Result.LEFT).count()


def _whom(training: TrainingClass) -> str:
    """Where the list comes from, in a sentence."""
    if training.kind in OFFERED:
        return _("名单来自发展党员台账，无需填报")
    return _("名单按现任职务和人员档案生成，无需填报") if training.kind in POSTS else _("这类培训班没有固定的应训范围，请逐人登记")


def _lamp(one: Candidate, actor: Actor, kind: str) -> tuple[str, str]:
    if one.trained:
        return "ok", _("已培训")
    if one.owed:
        years = rules.priority(last=one.last, today=actor.today)
        said = _("从未参加") if years is None else _("距上次 %(n)d 年") % {"n": years}
        return "soon", _("尚欠 %(hours)d 学时，%(last)s") % {"hours": one.owed, "last": said}
    if one.new and kind == Kind.SECRETARY:
        due = rules.trained_by(since=one.since)
        return "late" if due < actor.today else "soon", _("上期之后新任，应于 %(day)s 前培训") % {"day": due.isoformat()}
    return "soon", _("上期之后新任") if one.new else _("尚未培训")


def _enrol(request: HttpRequest, actor: Actor, training: TrainingClass) -> HttpResponse:
    """Those ticked, or as many of those who owe it as there are seats; who is enrolled already stays so."""
    listed = candidates_of(training, actor)
    free = len(listed) if training.seats is None else max(training.seats - _taken(training), 0)
    ticked = set(request.POST.getlist("person"))
    chosen = [one for one in listed if not one.trained] if request.POST.get("do") == "all" else \
        [one for one in listed if str(one.person.pk) in ticked]
    rows: list[Any] = [Enrolment(unit=one.person.unit, training=training, person=one.person, enrolled_on=actor.today)
                       for one in chosen[:free]]
    refused = bulk.save_many(actor, register("enrolment"), rows, verb="add") if rows else {}
    done = len(rows) - len(refused)
    if done:
        messages.success(request, _("已报名 %(n)d 人") % {"n": done})
    if len(chosen) > free:
        messages.error(request, _("名额只剩 %(free)d 个，还有 %(n)d 人没有报名；请增加名额或另开一批")
                       % {"free": free, "n": len(chosen) - free})
    for why in list(refused.values())[:3]:
        messages.error(request, " ".join(why.messages))
    if not chosen:
        messages.info(request, _("没有选择人员，请勾选之后再报名"))
    return redirect("training-class", training.pk)
