"""Serve a record's official papers and stored files."""

from typing import Any
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponse

from luoshi.foundation.files import StoredFile
from luoshi.foundation.grants import Verb

from .. import write
from ..transfer.sheets import write_xlsx
from .detail import get_row
from .listing import found_register

TYPES = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf"}
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def document(request: HttpRequest, name: str, pk: int, paper: str, ending: str) -> HttpResponse:
    one = found_register(name)
    actor = request.actor  # type: ignore[attr-defined]
    one.require(actor, Verb.SEE)
    row = get_row(one, actor, pk)
    made = next((d for d in one.documents if d.name == paper), None)
    if made is None or ending not in TYPES:
        raise Http404
    write.note_reading(actor, one, row)
    values = made.paper(row, actor)
    return download(printed(values, ending), f"{values.title}.{ending}", TYPES[ending])


def printed(paper: Any, ending: str) -> bytes:
    """A paper as docx or pdf; the typesetters are loaded only by who prints."""
    if ending == "pdf":
        from ..documents.pdf import to_pdf

        return to_pdf(paper)
    from ..documents.docx import to_docx

    return to_docx(paper)


def download(data: bytes, name: str, kind: str) -> HttpResponse:
    """An answer to be saved as a file; the name in RFC 6266 form."""
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def filed(ending: str, title: str, heads: list[str], rows: list[list[Any]], paper: Any) -> HttpResponse:
    """A table of a page as a workbook, or as the paper that is made of it."""
    if ending == "xlsx":
        return download(write_xlsx(title, heads, rows), f"{title}.xlsx", SHEET)
    return download(printed(paper, ending), f"{title}.{ending}", TYPES[ending])


def stored(request: HttpRequest, token: str) -> FileResponse:
    """A stored file, read by whoever may read the record it belongs to."""
    kept = StoredFile.objects.filter(token=token).first()
    if kept is None or kept.row is None:
        raise Http404
    one, actor = found_register(kept.register), request.actor  # type: ignore[attr-defined]
    row = get_row(one, actor, kept.row)
    if not kept.path.exists():
        raise Http404
    write.note_reading(actor, one, row)
    return FileResponse(kept.open(), as_attachment=True, filename=kept.name)
