"""One record: its fields, its parts, what was done to it, and what can be done."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.foundation.grants import Verb
from luoshi.foundation.sealed import sealed_fields
from luoshi.foundation.trail import Line
from luoshi.ui.render import render

from .. import columns, history, write
from ..register import Register
from ..signing import sheets
from ..signing.declared import signing_of
from .listing import found_register
from .sent import line


def get_row(one: Register, actor: Any, pk: int, verb: Verb = Verb.SEE) -> Any:
    """The row through the reading door; a foreign or unknown one is 404, so that nothing leaks."""
    row = one.rows(actor, verb).filter(pk=pk).select_related(*_relations(one)).first()
    if row is None:
        if verb > Verb.SEE and one.rows(actor).filter(pk=pk).exists():
            one.require(actor, verb, "")  # seen but not allowed: 403 with a sentence
        raise Http404
    return row


def _relations(one: Register) -> list[str]:
    """The to-one relations that the page of a record names, read along with it."""
    fields = {field.name for field in one.model._meta.concrete_fields if field.is_relation}
    return [name for name in dict.fromkeys(path.split("__")[0] for path in (*one.columns, *one.form)) if name in fields]


def detail_page(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    one = found_register(name)
    actor = request.actor  # type: ignore[attr-defined]
    one.require(actor, Verb.SEE)
    row = get_row(one, actor, pk)
    write.note_reading(actor, one, row)
    lines = history.sentences(one, Line.objects.filter(register=name, row=pk).order_by("-at", "-seq")[:20])
    return render(request, "engine/detail.html", {
        "title": str(row), "register": one, "row": row,
        "facts": facts(one, row) + signed(one, row),
        "parts": [part(one, row, key) for key in one.lines],
        "history": lines, "history_url": reverse("history", args=[name, pk]),
        "buttons": buttons(one, actor, row),
        "steps": steps(one, actor, row),
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[name])), (str(row), None)],
    })


def facts(one: Register, row: Any) -> list[tuple[str, str]]:
    """(label, value) of what the form asks and the list shows, each once."""
    names = [name for name in dict.fromkeys([*one.columns, *one.form]) if name not in one.model.AGGREGATE_ONLY]
    found = []
    for name in names:
        column = columns.column(one, name)
        text = column.text(*[along(row, path) for path in column.needs])
        found.append((column.label, text or columns.EMPTY))
    return found


def signed(one: Register, row: Any) -> list[tuple[str, str]]:
    """How many of the list signed in, where signing in was opened."""
    sheet = sheets.sheet_of(row) if signing_of(one.name) else None
    if sheet is None:
        return []
    listed, here = sheets.count(row, sheet)
    return [(_("签到"), _("已签到 %(here)d 人，名单 %(listed)d 人") % {"here": here, "listed": listed})]


def along(row: Any, path: str) -> Any:
    """The value at the end of a path over relations."""
    value = row
    for part_name in path.split("__"):
        value = getattr(value, part_name, None)
    return value


def part(one: Register, row: Any, key: str) -> dict[str, Any]:
    """The parts of a record as a small table."""
    relation: Any = one.model._meta.get_field(key)
    holder = type("Part", (Register,), {"model": relation.related_model})()
    heads = [columns.column(holder, name) for name in one.lines[key]]
    values = list(getattr(row, key).order_by("pk").values_list(*columns.paths(heads)))
    where = {path: i for i, path in enumerate(columns.paths(heads))}
    rows = [[c.text(*[v[where[n]] for n in c.needs]) or columns.EMPTY for c in heads] for v in values]
    return {"title": str(relation.related_model._meta.verbose_name), "rows": rows,
            "columns": [(c.label, "num" if c.align == "right" else "") for c in heads]}


def buttons(one: Register, actor: Any, row: Any) -> list[tuple[str, str, str, str, str]]:
    found = []
    if one.form and one.may_row(actor, Verb.CHANGE, row):
        found.append((_("修改"), reverse("edit", args=[one.name, row.pk]), "edit", "primary", "get"))
    for paper in one.documents:
        for ending, word in (("docx", "Word"), ("pdf", "PDF")):
            found.append((f"{paper.label} {word}", reverse("document", args=[one.name, row.pk, paper.name, ending]),
                          "print" if ending == "pdf" else "file", "", "get"))
    if one.may_row(actor, Verb.CHANGE, row):
        found += [(_("查看完整的%(name)s") % {"name": field.verbose_name},
                   reverse("reveal", args=[one.name, row.pk, field.name]), "lock", "", "get")
                  for field in sealed_fields(one.model) if field.name in one.form and getattr(row, field.name)]
    for label, action in one.actions.items():
        route, verb = action if isinstance(action, tuple) else (action, Verb.SEE)
        if verb > Verb.SEE and not one.may_row(actor, verb, row):
            continue
        found.append((str(label), reverse(route, args=[row.pk]), "right", "", "get"))
    if signing_of(one.name) and one.may_row(actor, Verb.CHANGE, row):
        found.append((_("签到"), reverse("signing", args=[one.name, row.pk]), "qr", "", "get"))
    if one.form and one.may_row(actor, Verb.CHANGE, row):
        found.append((_("撤回"), reverse("withdraw", args=[one.name, row.pk]), "trash", "danger", "get"))
    return found


def steps(one: Register, actor: Any, row: Any) -> list[tuple[str, str]]:
    """(state, label) of the moves that are allowed now."""
    if not one.moves or not one.may_row(actor, Verb.CHANGE, row):
        return []
    return [(state, str(one.moves.states[state])) for state in one.moves.targets(row.state)]


@require_POST
def move(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    one = found_register(name)
    actor = request.actor  # type: ignore[attr-defined]
    row = get_row(one, actor, pk, Verb.CHANGE)
    try:
        write.move(actor, one, row, request.POST.get("to", ""), reason=line(request, "reason", 400))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("detail", name, pk)


def withdraw_page(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Ask for the reason, then withdraw; the row can be restored for as long as the trail knows it."""
    one = found_register(name)
    actor = request.actor  # type: ignore[attr-defined]
    one.require(actor, Verb.SEE)
    row = get_row(one, actor, pk, Verb.CHANGE)
    reason = line(request, "reason", 400)
    if request.method == "POST" and reason:
        try:
            write.withdraw(actor, one, row, reason=reason)
        except (ValidationError, write.Conflict) as error:
            messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
            return redirect("detail", name, pk)
        messages.success(request, _("已撤回：%(row)s") % {"row": row})
        return redirect("list", name)
    errors: list[tuple[str, str]] = [("f-reason", _("请填写撤回原因，例如：重复登记"))] if request.method == "POST" else []
    return render(request, "engine/withdraw.html", {
        "title": _("撤回%(what)s") % {"what": one.label}, "row": row, "errors": errors, "facts": facts(one, row)[:8],
        "back": reverse("detail", args=[name, pk]),
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[name])), (str(row), None)],
    }, status=422 if errors else 200)


def history_page(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    one = found_register(name)
    actor = request.actor  # type: ignore[attr-defined]
    one.require(actor, Verb.SEE)
    row = get_row(one, actor, pk)
    write.note_reading(actor, one, row)
    lines = history.sentences(one, Line.objects.filter(register=name, row=pk).order_by("-at", "-seq")[:500])
    return render(request, "engine/history.html", {
        "title": _("变更记录"), "row": row, "history": lines, "as_of_url": reverse("as-of", args=[name, pk]),
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[name])),
                   (str(row), reverse("detail", args=[name, pk])), (_("变更记录"), None)],
    })
