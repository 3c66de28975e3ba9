"""How a step of a case is asked for, kept through the door, or refused with everything typed still there."""

import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import forms as engine_forms
from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.pages import edit
from luoshi.engine.pages.detail import get_row
from luoshi.engine.pages.sent import line, number
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

from ..models.development import Case, higher_place
from ..rules import development as rules


def get_case(request: HttpRequest, pk: int, verb: Verb = Verb.SEE) -> Case:
    """The case through the reading door; 404 for who may not see it, 403 with a sentence for who may only see it."""
    found: Case = get_row(register("development"), request.actor, pk, verb)  # type: ignore[attr-defined]
    return found


def crumbs(case: Case, *more: str) -> list[tuple[str, str | None]]:
    own = reverse("development-timeline", args=[case.pk])
    return [(_("首页"), reverse("home")), (_("发展党员一览"), reverse("development-board")),
            (case.person.name, own if more else None), *((one, None) for one in more)]


WHOLE = ("person", "unit__parent", "talked_by", "contact_first", "contact_second", "sponsor_first", "sponsor_second")


def whole(case: Case) -> Case:
    """The case with all that its page shows: four queries, whatever there is."""
    return Case.objects.select_related(*WHOLE).prefetch_related("reviews__reviewer", "notices", "papers").get(pk=case.pk)


def head(case: Case) -> list[tuple[str, Any]]:
    people = "、".join(one.name for one in (case.contact_first, case.contact_second) if one)
    sponsors = "、".join(one.name for one in (case.sponsor_first, case.sponsor_second) if one)
    pairs = ((_("党支部"), case.unit.name), (_("阶段"), case.get_state_display()), (_("申请日期"), case.applied_on.isoformat()),
             (_("培养联系人"), people), (_("入党介绍人"), sponsors),
             (_("积极分子培训班"), _("%(day)s 结业，%(hours)d 学时，证书 %(paper)s") % {
                 "day": case.class_on.isoformat(), "hours": case.class_hours or 0, "paper": case.class_paper} if case.class_on else ""),
             (_("预备期满"), case.probation_ends_on.isoformat() if case.probation_ends_on else ""),
             (_("转正日期"), case.full_on.isoformat() if case.full_on else ""))
    return [(label, value) for label, value in pairs if value]


def may_step(case: Case, code: str, actor: Actor) -> bool:
    """Whether it is this reader's part: what the higher organisation decides needs its rights."""
    door = register("development")
    place = higher_place(case.unit) if rules.BY_CODE[code].actor == "higher" else case.place
    return door.may_row(actor, Verb.CHANGE, case) and door.may(actor, Verb.CHANGE, place)


def kept(request: HttpRequest, form: Any, keep: Callable[[], Any], part: Any, back: str, *, after: str = ""
         ) -> HttpResponse | None:
    """Keep through the door and go back to the case; None (and errors on the form) where it was refused."""
    row = form.instance
    if row.pk and (seen := number(request, "version")) is not None:
        row.version = seen
    try:
        keep()
    except ValidationError as error:
        engine_forms.take_errors(form, error)
        return None
    except write.Repeated as again:
        messages.info(request, str(again))
        return redirect(after or back)
    except write.Conflict as clash:
        return edit.conflict(request, part, row, clash.stored, {}, action=request.path, back=back)
    messages.success(request, _("已保存：%(row)s") % {"row": row})
    return redirect(after or back)


def asked(request: HttpRequest, form: Any, case: Case, title: str, back: str, *, cited: str = "", extra: Any = None,
          button: str = "") -> HttpResponse:
    """The form of a step, shown or refused; everything typed is still there."""
    sent = form.is_bound
    fields = engine_forms.drawn(form) + (engine_forms.drawn(extra) if extra else [])
    return render(request, "membership/development_step.html", {
        "title": title, "case": case, "fields": fields, "errors": engine_forms.errors_of(form) if sent else [],
        "version": request.POST.get("version", form.instance.version) if sent else form.instance.version,
        "key": line(request, "key", 64) or secrets.token_hex(16), "back": back, "cited": cited,
        "button": button or _("保存"), "facts": head(case), "crumbs": crumbs(case, title),
    }, status=422 if sent else 200)
