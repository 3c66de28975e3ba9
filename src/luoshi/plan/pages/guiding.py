"""Documents of higher bodies: how many clauses are covered, which are not, and taking a pasted text apart."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luoshi.engine.bulk import save_many
from luoshi.engine.pages.detail import get_row
from luoshi.engine.pages.papers import download
from luoshi.engine.register import register
from luoshi.engine.transfer import sheets
from luoshi.foundation.grants import Verb
from luoshi.kernel.shares import Share
from luoshi.ui.render import render

from .. import clauses, progress
from ..models import ALIVE, Clause, Guiding
from .listing import XLSX

SHOWN = 500


def covered(one: Clause) -> bool:
    """Whether something answers a clause: a living measure, or a rule of one's own."""
    return bool(one.rule_title) or (one.measure is not None and one.measure.state in ALIVE)


def _clauses(actor: Any, **only: Any) -> list[Clause]:
    rows = register("clause").rows(actor).filter(**only).select_related("document", "measure", "unit")
    return list(rows.order_by("-document__received_on", "document", "id")[:SHOWN])


def index(request: HttpRequest) -> HttpResponse:
    """Every document with its coverage, and beneath them the gap list: clauses that nothing answers yet."""
    actor = request.actor  # type: ignore[attr-defined]
    register("guiding").require(actor, Verb.SEE)
    found = _clauses(actor)
    documents = list(register("guiding").rows(actor).order_by("-received_on", "-id")[:SHOWN])
    rows = []
    for one in documents:
        its = [clause for clause in found if clause.document_id == one.pk]
        share = Share(sum(map(covered, its)), len(its))
        rows.append({"title": one.title, "url": reverse("plan:guiding", args=[one.pk]), "share": share,
                     "note": f"{one.issuer} {one.number}".strip()})
    gaps = [one for one in found if not covered(one)]
    if request.GET.get("view") == "xlsx":
        heads = [_("上级文件"), _("条款"), _("内容"), _("单位")]
        data = sheets.write_xlsx(_("条款差距清单"), heads,
                                 [[one.document.title, one.number, one.text, one.unit.name] for one in gaps])
        return download(data, f"{_('条款差距清单')}.xlsx", XLSX)
    return render(request, "plan/guiding_index.html", {
        "title": _("上级文件落实"), "documents": rows, "total": len(found), "done": len(found) - len(gaps),
        "gaps": [(one.document.title, one.number, one.text, reverse("plan:guiding", args=[one.document_id])
                  + f"#c{one.pk}") for one in gaps],
        "toolbar": _tools(actor, gaps),
        "crumbs": [(_("首页"), reverse("home")), (_("上级文件落实"), None)],
    })


def _tools(actor: Any, gaps: list[Clause]) -> list[tuple[str, str, str, bool]]:
    tools = [(_("导出差距清单"), "?view=xlsx", "download", False)] if gaps else []
    if register("guiding").may(actor, Verb.ADD):
        tools.insert(0, (_("登记文件"), reverse("new", args=["guiding"]), "plus", True))
    return tools


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: each clause with what answers it and how far that is."""
    actor = request.actor  # type: ignore[attr-defined]
    one: Guiding = get_row(register("guiding"), actor, pk)
    found = _clauses(actor, document=one)
    known = register("measure").rows(actor).filter(pk__in={c.measure_id for c in found if c.measure_id})
    counted = {m.pk: (m, its) for m, its in _counted(actor, known)}
    lines = [_line(actor, clause, counted) for clause in found]
    only = request.GET.get("only") == "gaps"
    may_add = register("clause").may(actor, Verb.ADD, one.place)
    return render(request, "plan/guiding.html", {
        "title": one.title, "note": f"{one.issuer} {one.number}".strip(),
        "facts": [(_("印发日期"), one.issued_on.isoformat() if one.issued_on else "—"),
                  (_("收到日期"), one.received_on.isoformat()), (_("单位"), one.unit.name)],
        "done": sum(map(covered, found)), "total": len(found),
        "lines": [line for line in lines if not (only and line["covered"])],
        "tabs_of": [(_("全部条款"), "?", not only, str(len(found))),
                    (_("尚无措施或制度"), "?only=gaps", only, str(sum(not line["covered"] for line in lines)))],
        "toolbar": [(_("从文本拆出条款"), reverse("plan:guiding-cut", args=[pk]), "edit", not found),
                    (_("逐条登记"), f"{reverse('new', args=['clause'])}?document={pk}", "plus", False)] if may_add else [],
        "detail": reverse("detail", args=["guiding", pk]),
        "crumbs": [(_("首页"), reverse("home")), (_("上级文件落实"), reverse("plan:guiding-index")), (one.title, None)],
    })


def _counted(actor: Any, rows: Any) -> list[tuple[Any, progress.Progress]]:
    found = list(progress.with_parts(rows))
    counted = progress.of_measures(found, actor.today)
    return [(one, counted[one.pk]) for one in found]


def _line(actor: Any, one: Clause, counted: dict[int, tuple[Any, progress.Progress]]) -> dict[str, Any]:
    """A clause as the page shows it; a measure the reader may not open is named without its state."""
    measure, its = counted.get(one.measure_id or 0, (None, None))
    return {
        "id": one.pk, "number": one.number, "text": one.text, "covered": covered(one),
        "rule": f"{one.rule_title} {one.rule_number}".strip(), "measure": str(one.measure or ""),
        "url": reverse("plan:measure", args=[measure.pk]) if measure else None,
        "lamp": progress.icon(its.lamp) if its else "", "word": its.words if its else "",
        "figures": its.figures if its else "",
        "edit": reverse("edit", args=["clause", one.pk]) if register("clause").may_row(actor, Verb.CHANGE, one) else None,
    }


def cut(request: HttpRequest, pk: int) -> HttpResponse:
    """Paste a text, look at what it was cut into, change it line by line, keep it: one batch through the door."""
    actor = request.actor  # type: ignore[attr-defined]
    one: Guiding = get_row(register("guiding"), actor, pk, Verb.CHANGE)
    register("clause").require(actor, Verb.ADD, one.place)
    text = request.POST.get("text", "")[:200_000]
    pieces = clauses.cut(text)
    errors: list[tuple[str | None, str]] = []
    if request.method == "POST" and request.POST.get("do") == "keep":
        pieces = _sent(request)
        made = [Clause(document=one, unit=one.unit, number=p.number, text=p.text) for p in pieces]
        refused = save_many(actor, register("clause"), made, verb="add") if made else {}
        if made and not refused:
            n = len(made)
            messages.success(request, ngettext("已登记 %(n)d 条", "已登记 %(n)d 条", n) % {"n": n})
            return redirect("plan:guiding", pk)
        errors = [(f"f-text-{i}", "；".join(why.messages)) for i, why in refused.items()] or [
            (None, _("请至少保留一条"))]
    elif request.method == "POST" and not pieces:
        errors = [("f-text", _("请粘贴文件正文"))]
    return render(request, "plan/guiding_cut.html", {
        "title": _("从文本拆出条款"), "document": one, "pieces": list(enumerate(pieces)), "text": text, "errors": errors,
        "back": reverse("plan:guiding", args=[pk]),
        "crumbs": [(_("首页"), reverse("home")), (_("上级文件落实"), reverse("plan:guiding-index")),
                   (one.title, reverse("plan:guiding", args=[pk])), (_("从文本拆出条款"), None)],
    }, status=422 if errors else 200)


def _sent(request: HttpRequest) -> list[clauses.Piece]:
    """The lines that were kept, as they were typed."""
    count = request.POST.get("count", "")
    if not count.isdecimal() or int(count) > clauses.MOST:
        raise Http404
    found = [clauses.Piece(request.POST.get(f"number-{i}", "").strip()[:30],
                           request.POST.get(f"text-{i}", "").strip()[: clauses.LONGEST]) for i in range(int(count))]
    return [one for one in found if one.text]
