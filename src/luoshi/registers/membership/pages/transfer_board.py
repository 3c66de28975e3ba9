"""Who waits for whom in transfers of membership: what the reader has to do, what others have to do, what is late."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

from ..models.development import higher_place
from ..models.transfer import Kind, Transfer, TransferState
from ..rules import transfer as rules

MOST = 500
WHOLE = ("person", "receiver", "unit__parent__parent__parent", "issuer")


@dataclass(frozen=True, slots=True)
class Wait:
    """What a transfer waits for: the step, whether it is the reader's, until when, and how pressing it is."""

    row: Transfer
    code: str
    mine: bool
    due: date | None
    lamp: str
    word: Any


def words() -> dict[str, Any]:
    return {"issue": _("开具介绍信"), "reissue": _("重新开具介绍信"), "accept": _("接收"), "receipt": _("返回执"),
            "again": _("修改后重新提出")}


def receiving_place(row: Transfer) -> str:
    """Whose part acceptance, refusal and receipt are: the receiving branch; for a letter to outside we note it ourselves."""
    return row.receiver.place if row.kind == Kind.WITHIN and row.receiver else row.place


def may(row: Transfer, code: str, actor: Actor) -> bool:
    """Whether a step is this reader's part."""
    door = register("transfer")
    if code in ("issue", "reissue"):
        return door.may_row(actor, Verb.CHANGE, row) and door.may(actor, Verb.CHANGE, higher_place(row.unit))
    place = row.place if code == "again" else receiving_place(row)
    return door.may(actor, Verb.CHANGE, place)


def expired(row: Transfer, today: date) -> bool:
    return row.state == TransferState.ISSUED and row.valid_until is not None and row.valid_until < today


def awaited(row: Transfer, today: date) -> tuple[str, date | None]:
    """(step, until when) that a transfer waits for; ("", None) where nothing is to be done."""
    match row.state:
        case TransferState.DRAFTED:
            return "issue", None
        case TransferState.REFUSED:
            return "again", None
        case TransferState.ACCEPTED:
            return "receipt", row.receipt_due_on
        case TransferState.ISSUED if row.kind == Kind.OUT:
            return "receipt", row.receipt_due_on
        case TransferState.ISSUED if expired(row, today):
            return ("reissue" if row.kind == Kind.WITHIN else "refuse"), row.valid_until
        case TransferState.ISSUED:
            return "accept", row.valid_until
    return "", None


def wait_of(row: Transfer, actor: Actor) -> Wait:
    code, due = awaited(row, actor.today)
    mine = bool(code) and may(row, "accept" if code == "refuse" else code, actor)
    if code in ("reissue", "refuse"):
        lamp, word = "late", _("介绍信已过期")
    elif due is not None and due < actor.today:
        lamp, word = "late", _("逾期")
    elif due is not None and due <= actor.today + timedelta(days=rules.SOON_DAYS):
        lamp, word = "soon", _("即将到期")
    else:
        lamp, word = ("soon", _("待办")) if mine else ("none", _("办理中"))
    return Wait(row, code, mine, due, lamp, word)


def waiting(actor: Actor) -> list[Wait]:
    """All transfers under way that the reader may see, those that are theirs first, the most pressing first: one query."""
    rows = register("transfer").rows(actor).exclude(state=TransferState.DONE).select_related(*WHOLE)
    found = [wait_of(row, actor) for row in rows.order_by("drafted_on", "id")[:MOST]]
    order = {"late": 0, "soon": 1, "none": 2}
    return sorted(found, key=lambda one: (not one.mine, order[one.lamp], one.due or date.max, one.row.pk))


def line(one: Wait) -> dict[str, Any]:
    row, said = one.row, {**words(), "refuse": _("退回过期的介绍信")}
    way = _("%(from)s 转往 %(to)s") % {"from": row.unit.name, "to": row.receiver.name if row.receiver else row.outside} \
        if row.kind != Kind.IN else _("%(from)s 转入 %(to)s") % {"from": row.outside, "to": row.unit.name}
    what = said.get(one.code, "")
    if one.code == "receipt" and row.kind == Kind.OUT:
        what = _("等待外部党组织的回执")
    return {"name": row.who, "url": reverse("transfer-page", args=[row.pk]), "kind": row.get_kind_display(), "way": way,
            "what": what, "state": row.get_state_display(), "due": one.due, "lamp": one.lamp, "word": one.word,
            "late": one.lamp == "late", "mine": one.mine}


VIEWS = ("mine", "others", "late", "all")


def board_page(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    door = register("transfer")
    door.require(actor, Verb.SEE)
    found = waiting(actor)
    tests = {"mine": lambda one: one.mine, "others": lambda one: not one.mine, "late": lambda one: one.lamp == "late",
             "all": lambda one: True}
    first = "mine" if any(one.mine for one in found) else "all"
    view = request.GET.get("view", first) if request.GET.get("view", first) in VIEWS else first
    labels = {"mine": _("等我办理"), "others": _("等对方办理"), "late": _("逾期和过期"), "all": _("全部在办")}
    here = reverse("transfer-board")
    return render(request, "membership/transfer_board.html", {
        "title": _("组织关系转接"), "rows": [line(one) for one in found if tests[view](one)], "many": len(found) >= MOST,
        "views": [(labels[key], f"{here}?view={key}", key == view, sum(1 for one in found if tests[key](one))) for key in VIEWS],
        "toolbar": [(_("提出转接"), reverse("transfer-new"), "plus", True)] if door.may(actor, Verb.ADD) else [],
        "list": reverse("list", args=["transfer"]),
        "crumbs": [(_("首页"), reverse("home")), (_("组织关系转接"), None)],
    })
