"""Change or cancel a measure of an issued plan, with a reason; the old edition stays."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import forms as engine_forms
from luoshi.engine import write
from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

from .. import editions
from ..forms import TermsForm, groups, more
from ..models import MeasureState, PlanState
from .frame import crumbs, found_measure, found_plan


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The terms as a form; a version that moved on answers 409 with what was typed still there."""
    actor = request.actor  # type: ignore[attr-defined]
    row = found_measure(actor, pk, Verb.CHANGE)
    plan = found_plan(actor, row.plan_id, Verb.CHANGE)
    if plan.state != PlanState.ISSUED or row.state != MeasureState.ACCEPTED:
        raise Http404
    sections = list(plan.sections.all())
    errors: list[tuple[str | None, str]] = []
    status, reason = 200, request.POST.get("reason", "")[:400]
    form = TermsForm(request.POST if request.method == "POST" else None, measure=row, sections=sections)
    if request.method == "POST":
        if request.POST.get("version", "").isdecimal():
            row.version = int(request.POST["version"])
        try:
            if request.POST.get("do") == "cancel":
                editions.cancel(actor, row, reason=reason)
            elif form.is_valid():
                editions.change(actor, row, form, reason=reason)
            if request.POST.get("do") == "cancel" or form.is_valid():
                messages.success(request, _("已保存，并形成新的一版"))
                return redirect("plan:versions", plan.pk)
        except ValidationError as error:
            words = getattr(error, "message_dict", {})
            if "reason" in words:
                errors.append(("f-reason", words["reason"][0]))
            else:
                form.is_valid()
                engine_forms.take_errors(form, error)
        except write.Conflict as clash:
            row.version = clash.stored.version
            errors.append((None, _("其他人刚刚修改了这条措施。您填写的内容仍在本页，核对后再次保存")))
        status = 422
        errors += engine_forms.errors_of(form)
    return render(request, "plan/change.html", {
        "title": _("变更措施"), "one": row, "errors": errors, "fields": groups(form), "more": more(form),
        "helpers": [(h.unit_id, h.unit.name) for h in row.helpers.all()], "version": row.version,
        "reason": {"name": "reason", "label": _("变更原因"), "type": "textarea", "rows": 2, "required": True,
                   "value": reason, "maxlength": 400, "help": _("写入版本和变更记录，旧版保留"),
                   "errors": [text for spot, text in errors if spot == "f-reason"]},
        "cancel": reverse("plan:measure", args=[pk]), "crumbs": crumbs(
            plan, (row.number or _("措施"), reverse("plan:measure", args=[pk])), (_("变更措施"), None)),
    }, status=status)
