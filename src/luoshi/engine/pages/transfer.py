"""Import in three steps (file, preview, result) and export of the list shown."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

from .. import columns, filters, write
from ..models import Batch, BatchRow
from ..register import Register
from ..transfer import batches, exports, sheets
from .listing import found_register, ordering
from .papers import download

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 200


def export(request: HttpRequest, name: str, ending: str) -> HttpResponse:
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
        return download(sheets.write_csv(header, cells), file_name, "text/csv; charset=utf-8")
    if ending != "xlsx":
        raise Http404
    note = _("导出人 %(name)s，数据截至 %(day)s") % {"name": actor.name, "day": actor.today.isoformat()}
    return download(sheets.write_xlsx(one.label, header, cells, note=note), file_name, XLSX)


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
    batch = Batch.objects.filter(pk=pk, register=name, account=request.actor.id).first()  # type: ignore[attr-defined]
    if batch is None:
        raise Http404
    return batch


def preview_page(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """What each row would do; confirm or undo the whole."""
    one = found_register(name)
    actor = request.actor  # type: ignore[attr-defined]
    batch = own_batch(request, name, pk)
    if request.method == "POST":
        return _act(request, actor, batch)
    chosen = request.GET.get("state", "")
    rows = batch.rows.order_by("line")
    if chosen:
        rows = rows.filter(state=chosen)
    words = dict(BatchRow.State.choices)
    return render(request, "engine/preview.html", {
        "title": _("导入%(what)s") % {"what": one.label}, "batch": batch, "chosen": chosen,
        "header": [*batch.header],
        "unused": [h for i, h in enumerate(batch.header) if str(i) not in batch.mapping and h],
        "counts": [(state, str(word), batch.counts.get(state, 0), f"?state={state}") for state, word in words.items()],
        "rows": [{"line": r.line, "state": r.state, "word": str(words[r.state]), "reasons": r.reasons,
                  "cells": r.cells} for r in rows[:SHOWN]],
        "writable": batch.counts.get("new", 0) + batch.counts.get("change", 0),
        "faulty_url": reverse("import-faulty", args=[name, pk]) if batch.counts.get("error") else "",
        "list_url": reverse("list", args=[name]), "crumbs": _crumbs(one),
    })


def _act(request: HttpRequest, actor: Any, batch: Batch) -> HttpResponse:
    try:
        if request.POST.get("do") == "undo":
            batches.undo(actor, batch)
            messages.success(request, _("已撤销这一批导入"))
        else:
            counts = batches.write_batch(actor, batch)
            messages.success(request, _("已写入：新增 %(new)d 条，更新 %(change)d 条") % {
                "new": counts.get("new", 0), "change": counts.get("change", 0)})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("import-preview", batch.register, batch.pk)


def faulty(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """The faulty rows as a workbook, each with its reasons, ready to be mended and dropped again."""
    one = found_register(name)
    batch = own_batch(request, name, pk)
    rows = [[*r.cells, "；".join(why for _i, why in r.reasons), r.line]
            for r in batch.rows.filter(state="error").order_by("line")]
    header = [*batch.header, _("问题"), _("原行号")]
    width = len(batch.header)
    rows = [[*row[:-2][:width], *[""] * (width - len(row[:-2])), *row[-2:]] for row in rows]
    note = _("请在原栏目中修改后，把本文件重新导入；“问题”和“原行号”两栏可以保留")
    return download(sheets.write_xlsx(one.label, header, rows, note=note), f"{one.label}-{pk}.xlsx", XLSX)
