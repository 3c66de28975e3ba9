"""A transfer of membership on its own page: where it stands, whose turn it is, and the small form of each step."""

import secrets
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.engine import forms as engine_forms
from luoshi.engine import write
from luoshi.engine.actor import Actor, system_actor
from luoshi.engine.chrome import EXTRA
from luoshi.engine.pages import edit
from luoshi.engine.pages.detail import get_row
from luoshi.engine.pages.sent import line
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Person
from luoshi.ui.render import render

from ..forms import transfer as forms
from ..forms.development import asker
from ..models.development import ON_THE_WAY, Case
from ..models.transfer import Kind, Transfer, TransferState
from ..models.transfer_words import EDUCATION_25, sentence
from . import transfer_board as board
from .development_asking import kept

STEPS = ("issue", "accept", "refuse", "receipt", "again")
ALLOWED = {  # in which states a step may be taken; a letter that has expired is issued anew
    "issue": (TransferState.DRAFTED, TransferState.ISSUED), "accept": (TransferState.ISSUED,),
    "refuse": (TransferState.ISSUED,), "receipt": (TransferState.ACCEPTED, TransferState.ISSUED),
    "again": (TransferState.REFUSED,),
}


def titles() -> dict[str, Any]:
    return {"issue": _("开具介绍信"), "accept": _("接收"), "refuse": _("退回"), "receipt": _("登记回执"),
            "again": _("修改后重新提出")}


def open_steps(row: Transfer, actor: Actor) -> list[str]:
    """The steps that fit the state and are this reader's part."""
    found = []
    for code in STEPS:
        fits = row.state in ALLOWED[code]
        if code == "issue":
            fits = fits and row.kind != Kind.IN and (row.state == TransferState.DRAFTED or board.expired(row, actor.today))
        elif code == "accept":
            fits = fits and row.kind != Kind.OUT and not board.expired(row, actor.today)
        elif code == "receipt":
            fits = fits and (row.state == TransferState.ACCEPTED or row.kind == Kind.OUT)
        if fits and board.may(row, code, actor):
            found.append(code)
    return found


def get_transfer(request: HttpRequest, pk: int) -> Transfer:
    """The transfer through the reading door, with its two sides; 404 for a stranger."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    get_row(register("transfer"), actor, pk)
    return Transfer.objects.select_related(*board.WHOLE).get(pk=pk)


def open_case(row: Transfer) -> Case | None:
    """The development case that goes with the member."""
    if row.person_id is None:
        return None
    return Case.objects.filter(ON_THE_WAY, person=row.person_id, withdrawn=False).first()


def crumbs(row: Transfer | None, *more: str) -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = [(_("首页"), reverse("home")), (_("组织关系转接"), reverse("transfer-board"))]
    if row is not None:
        found.append((row.who, reverse("transfer-page", args=[row.pk]) if more else None))
    return [*found, *((one, None) for one in more)]


def facts(row: Transfer) -> list[tuple[str, Any]]:
    pairs = ((_("类型"), row.get_kind_display()), (_("党员"), row.who), (_("党员身份"), row.get_post_display()),
             (_("接收党支部") if row.kind == Kind.IN else _("转出党支部"), row.unit.name),
             (_("接收党支部"), row.receiver.name if row.receiver else ""), (_("外部党组织"), row.outside),
             (_("转接原因"), row.get_cause_display()), (_("介绍信编号"), row.letter_no),
             (_("有效期至"), row.valid_until.isoformat() if row.valid_until else ""),
             (_("退回原因"), row.refusal))
    return [(label, value) for label, value in pairs if value]


def timeline(row: Transfer, actor: Actor) -> list[tuple[Any, str, str, str, str]]:
    """The steps of one transfer: label, address (none), lamp, word, note."""
    own = {"issue": row.issued_on, "accept": row.accepted_on, "receipt": row.receipt_on}
    names = {"draft": _("提出转接"), "issue": _("开具介绍信"), "accept": _("报到和接收"), "receipt": _("回执")}
    codes = {Kind.OUT: ("draft", "issue", "receipt"), Kind.WITHIN: ("draft", "issue", "accept", "receipt"),
             Kind.IN: ("issue", "draft", "accept", "receipt")}[Kind(row.kind)]
    if row.kind == Kind.IN:
        names |= {"draft": _("收到介绍信"), "issue": _("外部党组织开具介绍信")}
    waits, _due = board.awaited(row, actor.today)
    found = []
    for code in codes:
        day = row.drafted_on if code == "draft" else own[code]
        late = code == "receipt" and day is None and row.receipt_due_on is not None and row.receipt_due_on < actor.today
        lamp, word = ("ok", _("已完成")) if day else ("late", _("逾期")) if late \
            else ("soon", _("待办")) if code == waits else ("none", _("未到"))
        notes = [day.isoformat() if day else ""]
        if code == "issue" and row.valid_until:
            notes.append(_("有效期至 %(day)s") % {"day": row.valid_until.isoformat()})
        if code == "accept" and row.presented_on:
            notes.append(_("%(day)s 报到") % {"day": row.presented_on.isoformat()})
        if code == "receipt" and not day and row.receipt_due_on:
            notes.append(_("应于 %(day)s 前") % {"day": row.receipt_due_on.isoformat()})
        found.append((names[code], "", lamp, word, " · ".join(filter(None, notes))))
    if row.state == TransferState.REFUSED and row.refused_on:
        found.append((_("退回"), "", "late", _("已退回"), f"{row.refused_on.isoformat()} · {row.refusal}"))
    return found


def page(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = get_transfer(request, pk)
    steps = open_steps(row, actor)
    case = open_case(row)
    responsible = row.state not in (TransferState.DONE,) and row.kind != Kind.IN
    return render(request, "membership/transfer_page.html", {
        "title": _("%(name)s · 组织关系转接") % {"name": row.who}, "row": row, "facts": facts(row),
        "timeline": timeline(row, actor), "cited": EDUCATION_25, "expired": board.expired(row, actor.today),
        "steps": [(titles()[code], reverse("transfer-step", args=[row.pk, code]), code != "refuse") for code in steps],
        "sender": row.unit.name if responsible else "",
        "posts": forms.other_posts(row, actor) if row.state != TransferState.DONE else [],
        "case": case, "case_stage": case.get_state_display() if case else "",
        "paper": row.kind != Kind.IN or row.accepted_on is not None,
        "crumbs": crumbs(row),
    })


def step_page(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """One step of a transfer by the side whose part it is; refused steps say why, and nothing typed is lost."""
    if code not in STEPS:
        raise Http404
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row, back = get_transfer(request, pk), reverse("transfer-page", args=[pk])
    if not board.may(row, code, actor):
        raise PermissionDenied(_("这一步由对方党组织办理，请等待对方登记；如需查看进展，请返回转接页面"))
    case = open_case(row) if code == "accept" else None
    names = forms.AGAIN[Kind(row.kind)] if code == "again" else forms.STEPS[code]
    part = asker("transfer", Transfer, names)
    sent = edit.chosen(part, row, request.POST) if request.method == "POST" else None
    form = forms.step_form(row, code, actor, sent, case=case is not None)
    if sent is not None and form.is_valid() and (
            answer := kept(request, form, lambda: keep(request, actor, row, code, case), part, back)):
        return answer
    return asked(request, form, titles()[code], back, facts(row), crumbs(row, titles()[code]))


def keep(request: HttpRequest, actor: Actor, row: Transfer, code: str, case: Case | None) -> None:
    """Store a step; a newcomer becomes a person in the same transaction. Raises what the door raises."""
    if code == "issue":
        row.issuer = None  # found again: the committee may have changed since the last letter
    if code == "again":
        row.refused_on = None
        if row.kind != Kind.IN:
            row.letter_no, row.issued_on, row.presented_on = "", None, None
    if case is not None and not row.case_taken:
        raise ValidationError({"case_taken": sentence("case_not_taken")})
    with transaction.atomic():
        if code == "accept" and row.person_id is None:
            row.person = newcomer(row, actor)
        try:
            write.save(actor, register("transfer"), row, key=line(request, "key", 64), verb="change", reason=row.refusal
                       if code == "refuse" else "")
        except BaseException:
            if row.person_id and row.newcomer_number and row.person and row.person.number == row.newcomer_number:
                row.person = None  # what is rolled back must not stay on the row that the form shows again
            raise


def newcomer(row: Transfer, actor: Actor) -> Person:
    """A new person of the receiving branch. Raises ValidationError where the number is somebody's already."""
    if Person.objects.filter(number=row.newcomer_number).exists():
        raise ValidationError(sentence("number_taken"))
    made = Person(unit=row.unit, name=row.newcomer, number=row.newcomer_number, joined=row.joined)
    found: Person = write.save(system_actor(actor.today), register("person"), made, reason=str(row))
    return found


def new_page(request: HttpRequest, kind: str = "") -> HttpResponse:
    """Choose which kind of transfer, then its own short form."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    door = register("transfer")
    door.require(actor, Verb.ADD)
    if not kind:
        hints = {Kind.WITHIN: _("转出和接收的都是本部党支部，双方在本系统办理"),
                 Kind.OUT: _("开具介绍信，收到回执后办结"), Kind.IN: _("登记外部党组织的介绍信，编入支部后返回执")}
        return render(request, "membership/transfer_new.html", {
            "title": _("提出转接"), "cards": [(one.label, reverse("transfer-new-kind", args=[one.value]), hints[one])
                                       for one in (Kind.WITHIN, Kind.OUT, Kind.IN)],
            "cited": EDUCATION_25, "crumbs": crumbs(None, _("提出转接"))})
    if kind not in Kind.values:
        raise Http404
    row, back = Transfer(kind=kind), reverse("transfer-board")
    start = {k: v for k, v in request.GET.items() if k in forms.FIELDS[Kind(kind)]}
    home = actor.account.home if actor.account and actor.account.home_id else None
    if home and "unit" not in start and door.may(actor, Verb.ADD, home.place):
        start["unit"] = home
    sent = request.POST if request.method == "POST" else None
    form = forms.new_form(row, actor, sent, start)
    part = asker("transfer", Transfer, forms.FIELDS[Kind(kind)])
    if sent is not None and form.is_valid():
        def store() -> None:
            write.save(actor, door, row, key=line(request, "key", 64))
        if answer := kept(request, form, store, part, back):
            return answer
    return asked(request, form, str(row.get_kind_display()), back, [], crumbs(None, str(row.get_kind_display())))


def asked(request: HttpRequest, form: Any, title: str, back: str, known: list[tuple[str, Any]],
          trail: list[tuple[str, str | None]]) -> HttpResponse:
    """The form of a step, shown or refused."""
    sent = form.is_bound
    return render(request, "membership/transfer_step.html", {
        "title": title, "fields": engine_forms.drawn(form), "errors": engine_forms.errors_of(form) if sent else [],
        "version": request.POST.get("version", form.instance.version) if sent else form.instance.version,
        "key": line(request, "key", 64) or secrets.token_hex(16), "back": back, "facts": known, "crumbs": trail,
    }, status=422 if sent else 200)


urlpatterns = [
    path("transfers/", board.board_page, name="transfer-board"),
    path("transfers/new/", new_page, name="transfer-new"),
    path("transfers/new/<slug:kind>/", new_page, name="transfer-new-kind"),
    path("transfers/<int:pk>/", page, name="transfer-page"),
    path("transfers/<int:pk>/<slug:code>/", step_page, name="transfer-step"),
]
EXTRA.append(("organisation", "transfer-board", gettext_lazy("组织关系转接"), Verb.SEE, "transfer"))
