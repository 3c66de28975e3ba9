"""Word forms of an office: names between braces are checked when a form comes in, and replaced by words when it is printed."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

MOST_BYTES, MOST_UNPACKED, MOST_ENTRIES = 5 * 1024 * 1024, 40 * 1024 * 1024, 500
FIELD = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)
# A form is words and names: what could run, reach outside or unfold without end has no place in it.
DANGEROUS = ("vbaProject", "activeX", "embeddings/", "oleObject", "externalLink", "attachedTemplate", "subDocument")


class Refused(ValueError):
    """The file cannot serve as a form; str() says why and what to do."""


def check(data: bytes, known: frozenset[str]) -> frozenset[str]:
    """The field names that a form uses. Raises Refused for what is no plain docx, or names a field that does not exist."""
    if len(data) > MOST_BYTES:
        raise Refused(_("模板超过 5 MB，请去掉图片后重新上传"))
    try:
        _look_inside(data)
        names = names_in(data)
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise Refused(_("文件不完整或不是 Word 文档，请用 WPS 或 Word 另存为 docx 后上传")) from error
    if unknown := sorted(names - known):
        raise Refused(_("模板中有不认识的字段：%(unknown)s。可用的字段：%(known)s")
                      % {"unknown": "、".join(unknown)[:400], "known": "、".join(sorted(known))})
    if not names:
        raise Refused(_("模板中没有字段。请在需要填写的位置写上字段，例如 {{ 姓名 }}"))
    return names


def _look_inside(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        entries = package.infolist()
        if "word/document.xml" not in {one.filename for one in entries} or len(entries) > MOST_ENTRIES:
            raise Refused(_("不是 Word 文档，请另存为 docx 后上传"))
        unpacked = 0
        for one in entries:
            if any(word in one.filename for word in DANGEROUS):
                raise Refused(_("模板中有宏、控件或嵌入对象，请去掉后重新上传"))
            with package.open(one) as part:
                text = part.read(MOST_UNPACKED - unpacked + 1)
            unpacked += len(text)
            if unpacked > MOST_UNPACKED:
                raise Refused(_("文件解压后过大，请去掉图片后重新上传"))
            if one.filename.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in text or b"<!ENTITY" in text):
                raise Refused(_("模板中有外部引用，请新建空白文档，粘贴内容后重新上传"))
            if one.filename.endswith(".rels") and any(
                    b"/hyperlink" not in rel for rel in re.findall(rb"<Relationship\b[^>]*TargetMode=\"External\"[^>]*>", text)):
                raise Refused(_("模板中有外部引用，请新建空白文档，粘贴内容后重新上传"))


def names_in(data: bytes) -> frozenset[str]:
    """Only names between braces pass: no loop, no call, no filter."""
    found: set[str] = set()
    for text in _texts(data):
        if "{%" in text or "{#" in text:
            raise Refused(_("模板中只能使用 {{ 字段名 }}，请去掉其他标记"))
        for inner in FIELD.findall(text):
            if not inner.isidentifier():
                raise Refused(_("“%(what)s”不是字段名。模板中只能使用 {{ 字段名 }}") % {"what": inner[:40]})
            found.add(inner)
        if "{{" in FIELD.sub("", text) or "}}" in FIELD.sub("", text):
            raise Refused(_("模板中的大括号不成对，请检查每一个 {{ 字段名 }}"))
    return frozenset(found)


def _texts(data: bytes) -> list[str]:
    """The words of each part, with the marks between letters taken out: a name may lie across several runs."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [one for one in package.namelist() if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", one)]
        return [re.sub(r"<[^>]*>", "", package.read(one).decode("utf-8", "replace").replace("</w:p>", "\n")) for one in parts]


def fill(template: bytes, values: Mapping[str, str]) -> bytes:
    """The form with its names replaced; values are words and never become markup."""
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    form = DocxTemplate(io.BytesIO(template))
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    form.render({name: value or "　" for name, value in values.items()}, environment, autoescape=True)
    out = io.BytesIO()
    form.save(out)
    return out.getvalue()


def plain_form(title: str, names: Sequence[str], *, text: str = "", closing: Sequence[str] = ()) -> bytes:
    """A form with a title, a sentence, a table of names and their values, and lines to sign; the start for one's own."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    made = Document()
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin = Cm(2.8), Cm(2.6)
    plain: Any = made.styles["Normal"]
    plain.font.name, plain.font.size = "仿宋_GB2312", Pt(14)
    plain.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    head = made.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = head.add_run(title)
    run.font.size, run.bold = Pt(20), True
    if text:
        made.add_paragraph(text).paragraph_format.first_line_indent = Pt(28)
    table = made.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for name in names:
        row = table.add_row()
        row.height = Cm(0.95)
        cells = row.cells
        cells[0].text, cells[1].text = name, f"{{{{ {name} }}}}"
        cells[0].width, cells[1].width = Cm(5), Cm(10.5)
    made.add_paragraph()
    for line in closing:
        made.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
