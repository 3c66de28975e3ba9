"""Import in three steps (file, preview, result) with mending on the page, and export of the list shown."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

from .. import columns, filters, write
from ..models import Batch, BatchRow
from ..register import Register
from ..transfer import batches, exports, fixing, headings, sheets, writing
from .listing import found_register, ordering
from .papers import download

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN, MENDED = 200, 20  # rows on a page: looked at, mended
FAULTY = ("error", "repeat")


def export(request: HttpRequest, name: str, ending: str) -> HttpResponse | StreamingHttpResponse:
    one = found_register(name)
    actor = request.actor  # type: ignore[attr-defined]
    one.require(actor, Verb.SEE)
    heads = columns.columns(one)
    rows = filters.apply(one, one.rows(actor), request.GET)
    write.note_reading(actor, one, *(rows if one.sensitive else ()))
    cells = exports.rows_of(rows, heads, ordering(one, heads, request.GET.get("sort", "")))
    header = [c.label for c in heads]
    file_name = f"{one.label}-{actor.today.isoformat()}.{ending}"
    if ending == "csv":
        return streamed(sheets.stream_csv(header, cells), file_name, "text/csv; charset=utf-8")
    if ending != "xlsx":
        raise Http404
    note = _("导出人 %(name)s，数据截至 %(day)s") % {"name": actor.name, "day": actor.today.isoformat()}
    return download(sheets.write_xlsx(one.label, header, cells, note=note), file_name, XLSX)


def streamed(pieces: Iterator[bytes], name: str, kind: str) -> HttpResponse | StreamingHttpResponse:
    """An answer to be saved as a file; a long one is sent as it is made."""
    first = list(islice(pieces, 4))
    last = next(pieces, None)
    if last is None:
        return download(b"".join(first), name, kind)
    response = StreamingHttpResponse(chain(first, (last,), pieces), content_type=kind)
    for key, value in download(b"", name, kind).items():
        response[key] = value
    return response


def template(request: HttpRequest, name: str) -> HttpResponse:
    """An empty workbook with the headings that the import knows."""
    one = found_register(name)
    one.require(request.actor, Verb.ADD)  # type: ignore[attr-defined]
    note = _("从第四行开始填写；标题行和本行可以保留")
    return download(sheets.write_xlsx(one.label, batches.labels(one), [], note=note), f"{one.label}.xlsx", XLSX)


def import_page(request: HttpRequest, name: str) -> HttpResponse:
    one = found_register(name)
    actor = request.actor  # type: ignore[attr-defined]
    one.require(actor, Verb.ADD)
    if not one.form:
        raise Http404
    error = ""
    if request.method == "POST":
        sent = request.FILES.get("file")
        if sent is None:
            error = _("请选择要导入的文件")
        elif sent.size and sent.size > sheets.MOST_BYTES:
            error = _("文件大于 20 MB，请分几次导入")
        else:
            try:
                job = batches.take(actor, one, sent.read(), sent.name or "file")
                if dropped := job.payload["dropped"]:
                    messages.warning(request, _("本系统不登记“%(names)s”，这些栏目已去掉，内容没有保存")
                                     % {"names": "、".join(dropped)})
                return redirect("job", job.pk)
            except sheets.Unreadable as why:
                error = str(why)
    recent = Batch.objects.filter(register=name, account=actor.id).order_by("-pk")[:5]
    return render(request, "engine/import.html", {
        "title": _("导入%(what)s") % {"what": one.label}, "register": one, "recent": list(recent),
        "labels": batches.labels(one), "errors": [("f-file", error)] if error else [],
        "template_url": reverse("import-template", args=[name]), "crumbs": _crumbs(one),
    }, status=422 if error else 200)


def _crumbs(one: Register) -> list[tuple[str, str | None]]:
    return [(_("首页"), reverse("home")), (one.label, reverse("list", args=[one.name])), (_("导入"), None)]


def own_batch(request: HttpRequest, name: str, pk: int) -> Batch:
    """The batch, for the one who brought it; 404 for everybody else."""
    batch = Batch.objects.filter(pk=pk, register=name, account=request.actor.id).first()  # type: ignore[attr-defined]
    if batch is None:
        raise Http404
    return batch


def columns_page(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Which column of the file is which field; what is told here is remembered for the next file of the kind."""
    one = found_register(name)
    batch = own_batch(request, name, pk)
    error = ""
    if request.method == "POST" and batch.state in (Batch.State.NAMING, Batch.State.READY):
        chosen = {i: request.POST.get(f"c{i}", "") for i in range(len(batch.header))}
        mapping = {i: field for i, field in chosen.items() if field in one.form}
        if len(set(mapping.values())) < len(mapping):
            error = _("有两个栏目对应了同一项，请只保留一个")
        elif not mapping:
            error = _("请至少为一个栏目选择对应的项目")
        else:
            return redirect("job", batches.remap(request.actor, batch, mapping).pk)  # type: ignore[attr-defined]
    else:
        chosen = {int(i): field for i, field in batch.mapping.items()}
    open_ = batch.state in (Batch.State.NAMING, Batch.State.READY)
    return render(request, "engine/import_columns.html", {
        "title": _("对应栏目"), "register": one, "batch": batch, "open": open_,
        "lost": not batch.mapping, "labels": batches.labels(one), "errors": [(None, error)] if error else [],
        "missing": batches.missing(one, chosen.values()), "crumbs": _crumbs(one),
        "items": [{"name": f"c{i}", "label": heading or _("第 %(n)d 栏（没有标题）") % {"n": i + 1}, "type": "select",
                   "value": chosen.get(i, ""), "choices": [("", _("不导入")), *_choices(one)],
                   "help": _("例：%(texts)s") % {"texts": "；".join(_samples(batch, i))} if _samples(batch, i) else ""}
                  for i, heading in enumerate(batch.header)],
    }, status=422 if error else 200)


def _choices(one: Register) -> list[tuple[str, str]]:
    return list(zip(one.form, batches.labels(one), strict=True))


def _samples(batch: Batch, i: int) -> list[str]:
    return [row[i][:30] for row in batch.samples if i < len(row) and row[i]]


def preview_page(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """What each row would do; mend what is refused, confirm or undo the whole."""
    one = found_register(name)
    batch = own_batch(request, name, pk)
    if request.method == "POST":
        return _act(request, one, batch)
    if batch.state == Batch.State.NAMING:
        return redirect("import-columns", name, pk)
    chosen = request.GET.get("state", "")
    after = request.GET.get("after", "")
    rows = batch.rows.order_by("line").filter(line__gt=int(after) if after.isdecimal() and len(after) < 9 else 0)
    if chosen in BatchRow.State.values:
        rows = rows.filter(state=chosen)
    mending = chosen == "error" and batch.state == Batch.State.READY
    size = MENDED if mending else SHOWN
    found = list(rows[:size + 1])
    more = f"?state={quote(chosen)}&after={found[size - 1].line}" if len(found) > size else ""
    return render(request, "engine/preview.html", {
        **_state(one, batch, chosen), "title": _("导入%(what)s") % {"what": one.label}, "crumbs": _crumbs(one),
        "headings": [*batch.header], "more_url": more, "mending": mending,
        "unused": [h for i, h in enumerate(batch.header)
                   if str(i) not in batch.mapping and h and h not in headings.own_columns()],
        "rows": [_row(one, batch, r) for r in found[:size]],
        "touched": [(label, reverse("detail", args=[name, key])) for key, label in writing.touched(batch)[0]]
        if request.GET.get("touched") and batch.state == Batch.State.WRITTEN else [],
    })


def _state(one: Register, batch: Batch, chosen: str = "") -> dict[str, Any]:
    """What the head and the foot of the preview show: counts, and what can be done now."""
    address = reverse("import-preview", args=[one.name, batch.pk])
    words = dict(BatchRow.State.choices)
    ready = batch.state == Batch.State.READY
    return {
        "batch": batch, "register": one, "chosen": chosen, "address": address,
        "counts": [(state, str(word), batch.counts.get(state, 0), f"{address}?state={state}")
                   for state, word in words.items()],
        "writable": batch.counts.get("new", 0) + batch.counts.get("change", 0) if ready else 0,
        "missing": batches.missing(one, batch.mapping.values()) if ready and batch.counts.get("error") else [],
        "faults": batch.counts.get("error", 0), "mend_url": f"{address}?state=error" if ready else "",
        "faulty_url": reverse("import-faulty", args=[one.name, batch.pk])
        if any(batch.counts.get(state) for state in FAULTY) and not batch.swept else "",
        "columns_url": reverse("import-columns", args=[one.name, batch.pk]) if ready and not batch.swept else "",
        "list_url": reverse("list", args=[one.name]),
    }


def _row(one: Register, batch: Batch, row: BatchRow) -> dict[str, Any]:
    return {"pk": row.pk, "line": row.line, "state": row.state, "word": str(row.get_state_display()),
            "reasons": [(reason[0], reason[1]) for reason in row.reasons], "cells": row.cells,
            "fields": _boxes(one, batch, row) if row.state == BatchRow.State.ERROR else []}


def _boxes(one: Register, batch: Batch, row: BatchRow) -> list[dict[str, Any]]:
    """The cells of a refused row that are in question, each with what it probably should be already in its box."""
    said: dict[int | None, list[list[Any]]] = {}
    for reason in row.reasons:
        said.setdefault(reason[0], []).append(reason)
    spots = sorted(int(i) for i in batch.mapping) if None in said else sorted(i for i in said if i is not None)
    found = []
    for i in spots:
        now = row.cells[i] if i < len(row.cells) else ""
        proposal = next((reason[2] for reason in said.get(i, ()) if reason[2]), "")
        options = [tuple(option) for reason in said.get(i, ()) for option in reason[3]]
        box = {"name": f"c-{row.pk}-{i}", "label": batch.header[i] or _label(one, batch, i), "value": proposal or now,
               "type": "text", "errors": [reason[1] for reason in said.get(i, ())],
               "help": _("原为“%(text)s”，建议改为“%(proposal)s”") % {"text": now, "proposal": proposal}
               if proposal else ""}
        if options:
            keep = [] if any(value == (proposal or now) for value, _word in options) else [
                (proposal or now, proposal or now or _("请选择"))]
            box |= {"type": "select", "choices": [*keep, *options]}
        found.append(box)
    return found


def _label(one: Register, batch: Batch, i: int) -> str:
    return str(one.model._meta.get_field(batch.mapping[str(i)]).verbose_name)  # type: ignore[union-attr]


def _act(request: HttpRequest, one: Register, batch: Batch) -> HttpResponse:
    actor, deed = request.actor, request.POST.get("do", "")  # type: ignore[attr-defined]
    back = redirect("import-preview", batch.register, batch.pk)
    try:
        if deed == "mend":
            return _mend(request, one, batch)
        if deed == "accept":
            messages.success(request, _("已采用建议，%(n)d 行不再有误") % {"n": fixing.accept(actor, batch)})
            return redirect(f"{back['Location']}?state=error")
        if sum(batch.counts.get(state, 0) for state in ("new", "change")) > writing.AT_ONCE and (
                batch.state in (Batch.State.READY, Batch.State.WRITTEN)):
            return redirect("job", writing.start(actor, batch, "undo" if deed == "undo" else "write").pk)
        if deed == "undo":
            writing.undo(actor, batch)
            messages.success(request, _("已撤销这一批导入"))
        else:
            counts = writing.write_batch(actor, batch)
            messages.success(request, _("已写入：新增 %(new)d 条，更新 %(change)d 条") % {
                "new": counts.get("new", 0), "change": counts.get("change", 0)})
    except writing.Touched as error:
        messages.error(request, " ".join(error.messages))
        return redirect(f"{back['Location']}?touched=1")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except PermissionDenied as error:
        messages.error(request, str(error))
    return back


def _mend(request: HttpRequest, one: Register, batch: Batch) -> HttpResponse:
    """Keep what was typed and judge those rows again: one row answers alone, without HTMX the page returns to its place."""
    typed: dict[int, dict[int, str]] = {}
    for key, value in request.POST.items():
        parts = key.split("-")
        if len(parts) == 3 and parts[0] == "c" and all(p.isascii() and p.isdigit() and len(p) < 18 for p in parts[1:]):
            typed.setdefault(int(parts[1]), {})[int(parts[2])] = str(value)[:2000]
    fixing.mend(request.actor, batch, typed)  # type: ignore[attr-defined]
    batch.refresh_from_db()
    if getattr(request, "htmx", None) and len(typed) == 1:
        row = batch.rows.filter(pk=next(iter(typed))).first()
        if row is None:
            raise Http404
        return render(request, "engine/import_row.html", part="engine/import_row.html", context={
            **_state(one, batch, "error"), "row": _row(one, batch, row)})
    after = request.POST.get("after", "")
    where = f"{reverse('import-preview', args=[one.name, batch.pk])}?state=error"
    return HttpResponseRedirect(f"{where}&after={after}" if after.isdecimal() else where)


def faulty(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """The refused rows as a workbook, each with its reasons, ready to be mended and dropped again."""
    one = found_register(name)
    batch = own_batch(request, name, pk)
    return download(exports.faulty(batch, one.label), f"{one.label}-{pk}.xlsx", XLSX)
