"""The file of a record: uploaded here through the writing door, read only by who may read the record.

A register whose model has a field `file` gives this page a route of its own: path("papers/<int:pk>/file/",
attach.attach_page, {"name": "committee_paper"}, name=…), and names that route among its actions with Verb.CHANGE.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.foundation import files
from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

from .. import write
from ..register import Register, register
from .detail import get_row

MOST = 20 * 1024 * 1024  # bytes
ACCEPTED = (".docx", ".doc", ".pdf", ".wps", ".txt", ".xlsx", ".pptx", ".ofd")


def attach_page(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Upload the file of one record, in place of the one there is. Refused: 422 with what to do."""
    actor = request.actor  # type: ignore[attr-defined]
    one = register(name)
    row = get_row(one, actor, pk, Verb.CHANGE)
    errors: list[tuple[str | None, str]] = []
    if request.method == "POST":
        errors = _keep(actor, one, row, request.FILES.get("file"))
        if not errors:
            messages.success(request, _("已保存附件：%(name)s") % {"name": row.file.name})
            return redirect("detail", name, pk)
    kept = get_row(one, actor, pk, Verb.CHANGE).file
    field = {"name": "file", "label": _("附件"), "type": "file", "required": True, **box(), "errors": [text for _id, text in errors]}
    return render(request, "engine/attach.html", {
        "title": _("上传附件：%(row)s") % {"row": row}, "field": field, "errors": errors,
        "shown": (kept.name, reverse("file", args=[kept.token])) if kept else None,
        "back": reverse("detail", args=[name, pk]),
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[name])),
                   (str(row), reverse("detail", args=[name, pk])), (_("上传附件"), None)],
    }, status=422 if errors else 200)


def box() -> dict[str, str]:
    """What a box for such a file says."""
    return {"accept": ",".join(ACCEPTED), "help": _("Word、WPS、PDF、OFD、文本、表格或演示文件，不超过 20 MB")}


def fault(sent: Any) -> str:
    """Why an uploaded file is not taken, as a sentence; "" where it is."""
    if sent.size > MOST:
        return _("文件大于 20 MB，请压缩后再上传")
    if not str(sent.name).lower().endswith(ACCEPTED):
        return _("不支持这种文件，请上传 Word、WPS、PDF、OFD、文本、表格或演示文件")
    return ""


def _keep(actor: Any, one: Register, row: Any, sent: Any) -> list[tuple[str | None, str]]:
    if sent is None:
        return [("f-file", _("请选择要上传的文件"))]
    if why := fault(sent):
        return [("f-file", why)]
    row.file = files.store(sent.read(), name=sent.name, register=one.name, row=row.pk, place=row.place, by=actor.id)
    try:
        write.save(actor, one, row)
    except write.Conflict as clash:
        return [(None, str(clash))]
    except ValidationError as error:
        return [(None, message) for message in error.messages]
    return []
