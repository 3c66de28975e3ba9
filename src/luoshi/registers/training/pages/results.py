"""The results of a class on one page: hours and leave are filled in, certificates are numbered as they are given."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
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

from ..forms import numbered, typed
from ..models import Enrolment, Result, TrainingClass


class _Refused(Exception):
    """Something typed cannot stand: nothing of the page is stored."""


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Refused: 422, nothing is stored and everything typed is still there."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    training = get_row(register("training_class"), actor, pk, Verb.CHANGE)
    rows = list(register("enrolment").rows(actor, Verb.CHANGE).filter(training=training).select_related("person", "unit", "training")
                .order_by("place", "person__strokes", "pk"))
    sent = request.POST if request.method == "POST" else None
    errors: list[tuple[str, str]] = []
    if sent is not None:
        errors = _keep(actor, training, rows, sent)
        if not errors:
            messages.success(request, _("结果已保存"))
            return redirect("training-class", training.pk)
    over = training.ends_on <= actor.today
    return render(request, "training/results.html", {
        "title": _("登记结果"), "training": training, "errors": errors, "results": Result.choices, "over": over,
        "rows": [_shown(one, training, sent, actor.today) for one in rows],
        "crumbs": [(_("首页"), reverse("home")), (register("training_class").label, reverse("list", args=["training_class"])),
                   (training.name, reverse("training-class", args=[pk])), (_("登记结果"), None)],
    }, status=422 if errors else 200)


def _shown(row: Enrolment, training: TrainingClass, sent: Any, today: date) -> dict[str, Any]:
    """A line of the page; once the class is over, whose result is open is filled in as one who finished: exceptions are typed."""
    open_ = row.result == Result.ENROLLED and training.ends_on <= today
    hours = str(training.hours if open_ else "") if row.hours is None else str(row.hours)
    result = str(Result.COMPLETED) if open_ else row.result
    return {"row": row, "hours": sent.get(f"hours-{row.pk}", hours) if sent else hours,
            "leave": sent.get(f"leave-{row.pk}", row.leave_hours) if sent else row.leave_hours,
            "result": sent.get(f"result-{row.pk}", result) if sent else result,
            "version": sent.get(f"version-{row.pk}", row.version) if sent else row.version}


def _keep(actor: Actor, training: TrainingClass, rows: list[Enrolment], sent: Any) -> list[tuple[str, str]]:
    """Save all that was changed, or nothing; (field, sentence) of each that cannot stand."""
    changed, wrong = typed(rows, sent)
    errors = [(f"f-hours-{changed[at].pk}", _("%(name)s：“%(text)s”不是整数，请只填数字")
               % {"name": changed[at].person.name, "text": text[:20]}) for at, text in wrong.items()]
    if errors:
        return errors
    numbered(training, changed)
    try:
        with transaction.atomic():
            refused = bulk.save_many(actor, register("enrolment"), changed, verb="change")
            errors = [(f"f-hours-{changed[at].pk}", f"{changed[at].person.name}：{' '.join(why.messages)}") for at, why in refused.items()]
            if errors:
                raise _Refused
    except _Refused:
        return errors
    except ValidationError as why:  # another register's file does not take the result
        return [("", " ".join(why.messages))]
    return []
