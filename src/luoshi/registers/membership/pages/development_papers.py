"""Papers of a case: printed, approved, and to be printed again after a change; and the office's own Word forms."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from luoshi.engine import forms as engine_forms
from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.documents import filling
from luoshi.engine.pages.detail import get_row
from luoshi.engine.pages.papers import TYPES, download
from luoshi.engine.register import register
from luoshi.foundation import files
from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

from ..documents import development_forms as papers
from ..forms import development as forms
from ..models.development import Case, higher_place
from ..models.development_fields import KINDS, MADE, NAMES, PLAIN, filled, used
from ..models.development_notice import CasePaper, PaperTemplate
from ..rules import development as rules
from .development_asking import get_case

# Papers of the file that are no form of ours: on file once their step is done.
BY_STEP = {"volunteer_form": "form", "oath": "oath", "conversion_application": "convert_apply", "archive_list": "archive"}
OTHERS = {
    "notice": gettext_lazy("公示和公示结果"), "volunteer_form": gettext_lazy("入党志愿书"), "oath": gettext_lazy("入党宣誓记录"),
    "conversion_application": gettext_lazy("转正申请书"), "archive_list": gettext_lazy("归档目录"),
}


def title(code: str) -> Any:
    return KINDS[code].title if code in KINDS else OTHERS[code]


def listed(case: Case) -> list[dict[str, Any]]:
    """The papers whose step is done: whether printed, approved, or outdated by a change since."""
    facts, values = case.facts(people=False), filled(case)
    kept = {one.kind: one for one in case.papers.all() if not one.withdrawn}
    found = []
    for kind in KINDS.values():
        if kind.step not in facts.on:
            continue
        row = kept.get(kind.code)
        changed = sorted(name for name, value in row.filled.items() if values.get(name, "") != value) if row else []
        state = ("none", _("未打印")) if row is None else (
            ("late", _("内容已变更，请重新打印")) if changed else
            ("ok", _("已审核")) if row.approved_on else ("soon", _("已打印，待审核")))
        found.append({"code": kind.code, "title": kind.title, "row": row, "changed": "、".join(changed), "lamp": state[0],
                      "word": state[1], "approvable": row is not None and not changed and row.approved_on is None})
    return found


def lacking(case: Case) -> list[str]:
    """What the file still lacks for the phase (Art. 36; the list is likely, not certain)."""
    facts = case.facts(people=False)
    had = {one.kind for one in case.papers.all() if not one.withdrawn}
    had |= {name for name, step in BY_STEP.items() if facts.done(step)} | ({"notice"} if facts.done("notice") else set())
    version = rules.version_on(day=case.listed_on) if case.listed_on else rules.VERSION_2026
    return rules.missing_documents(state=case.state, on_file=frozenset(had), version=version) \
        if case.state in rules.dates.PAPERS else []


@require_POST
def print_paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Fill the form, remember with which values, and hand the file over; the same values make no second record."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = get_case(request, pk, Verb.CHANGE)
    one = KINDS.get(kind)
    if one is None or one.step not in case.facts(people=False).on:
        raise Http404
    data, names = papers.form_for(case, one)
    values = filled(case)
    shown = used(one, values, names)
    made = filling.fill(data, values)
    row = case.papers.filter(kind=kind, withdrawn=False).first() or CasePaper(unit=case.unit, case=case, kind=kind)
    if row.pk is None or row.filled != shown:
        row.printed_on, row.filled, row.approved_on, row.cancelled_on = actor.today, shown, None, None
        try:
            write.save(actor, register("development_paper"), row)
        except (ValidationError, write.Conflict):  # printed by somebody else in this moment, with the same facts
            messages.info(request, _("这份文书刚刚由他人打印，请刷新后查看"))
            return redirect("development-timeline", case.pk)
    return download(made, f"{case.person.name} {one.title}.docx", TYPES["docx"])


@require_POST
def approve_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The higher organisation approves a paper as printed; one whose facts have changed is refused."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    door = register("development_paper")
    row: CasePaper = get_row(door, actor, pk, Verb.CHANGE)
    door.require(actor, Verb.CHANGE, higher_place(row.unit))
    with transaction.atomic():
        values = filled(row.case)
        if any(values.get(name, "") != value for name, value in row.filled.items()):
            messages.error(request, _("打印之后内容已变更，请重新打印后再审核"))
        elif row.approved_on is None:
            row.approved_on, row.cancelled_on = actor.today, None
            write.save(actor, door, row)
            messages.success(request, _("已审核：%(row)s") % {"row": title(row.kind)})
    return redirect("development-timeline", row.case_id)


def forms_page(request: HttpRequest) -> HttpResponse:
    """Which form each paper is printed with, the names a form may use, and the upload of one's own."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    door = register("paper_template")
    door.require(actor, Verb.SEE)
    writes = door.may(actor, Verb.ADD)
    form = forms.Upload(request.POST, request.FILES, actor=actor) if request.method == "POST" else forms.Upload(actor=actor)
    if request.method == "POST":
        door.require(actor, Verb.ADD)
        if form.is_valid() and _taken(request, actor, form):
            return redirect("development-forms")
    own: dict[str, list[PaperTemplate]] = {}
    for one in door.rows(actor).select_related("unit", "file").order_by("place", "id"):
        own.setdefault(one.kind, []).append(one)
    return render(request, "membership/development_forms.html", {
        "title": _("发展党员文书模板"), "kinds": [(one, own.get(one.code, [])) for one in KINDS.values()],
        "fields": engine_forms.drawn(form), "errors": engine_forms.errors_of(form) if form.is_bound else [],
        "writes": writes, "names": [f"{{{{ {name} }}}}" for name in (*MADE, *PLAIN)],
        "crumbs": [(_("首页"), reverse("home")), (_("发展党员文书模板"), None)],
    }, status=422 if form.is_bound else 200)


def _taken(request: HttpRequest, actor: Actor, form: Any) -> bool:
    """Check a form and keep it in place of the unit's earlier one."""
    sent, unit, kind = form.cleaned_data["file"], form.cleaned_data["unit"], form.cleaned_data["kind"]
    data = sent.read(filling.MOST_BYTES + 1)
    try:
        filling.check(data, NAMES)
    except filling.Refused as error:
        form.add_error("file", str(error))
        return False
    door = register("paper_template")
    row = PaperTemplate.objects.filter(unit=unit, kind=kind, withdrawn=False).first() or PaperTemplate(unit=unit, kind=kind)
    stored = files.store(data, name=sent.name or "form.docx", register=door.name, place=unit.place, by=actor.id)
    row.file, row.uploaded_on = stored, actor.today
    try:
        write.save(actor, door, row, extra=lambda: files.attach(stored, row=row.pk, place=row.place))
    except (ValidationError, write.Conflict) as error:
        form.add_error(None, " ".join(getattr(error, "messages", [str(error)])))
        return False
    messages.success(request, _("已保存：%(row)s") % {"row": title(kind)})
    return True


def default_form(request: HttpRequest, kind: str) -> HttpResponse:
    """The built-in form of a paper, to be changed in Word and uploaded."""
    register("paper_template").require(request.actor, Verb.SEE)  # type: ignore[attr-defined]
    if kind not in KINDS:
        raise Http404
    return download(papers.default_form(kind), f"{KINDS[kind].title}.docx", TYPES["docx"])


@require_POST
def drop_form(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the form of the organisation above, or the built-in one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = get_row(register("paper_template"), actor, pk, Verb.CHANGE)
    write.withdraw(actor, register("paper_template"), row, reason=_("恢复使用默认模板"))
    messages.success(request, _("已恢复使用默认模板：%(row)s") % {"row": title(row.kind)})
    return redirect("development-forms")


urlpatterns = [
    path("development/<int:pk>/papers/<slug:kind>/", print_paper, name="development-print"),
    path("development/papers/<int:pk>/approve/", approve_paper, name="development-approve"),
    path("development/forms/", forms_page, name="development-forms"),
    path("development/forms/<slug:kind>.docx", default_form, name="development-form"),
    path("development/forms/<int:pk>/withdraw/", drop_form, name="development-form-drop"),
]
