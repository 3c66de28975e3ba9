"""Builds the files of the annotated plans from their text descriptions, so that no binary is kept."""

import datetime
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table

GOLD = Path(__file__).parent / "gold"
HELD_OUT = Path(__file__).parent / "held_out"
_LEVELS = (("chineseCounting", "%1、", "Heading1"), ("chineseCounting", "（%2）", "Heading2"), ("decimal", "%1.", ""))


def names(held_out: bool = False) -> list[str]:
    """The annotated plans in alphabetical order; those held out are only reported, never tuned for."""
    return sorted(place.parent.name for place in (HELD_OUT if held_out else GOLD).glob("*/gold.json"))


def gold(name: str) -> dict[str, Any]:
    """The annotation of one plan."""
    found: dict[str, Any] = json.loads((_home(name) / "gold.json").read_text(encoding="utf-8"))
    return found


def _home(name: str) -> Path:
    return next(home / name for home in (GOLD, HELD_OUT) if (home / name).exists())


def build(name: str, folder: Path) -> Path:
    """The file of the plan `name`: the source itself for text, else built into `folder` from source.json."""
    for plain in ("source.txt", "source.md"):
        if (_home(name) / plain).exists():
            return _home(name) / plain
    source = json.loads((_home(name) / "source.json").read_text(encoding="utf-8"))
    made, ending = _BUILDERS[name]
    path = folder / f"{name}.{ending}"
    made(source, path)
    return path


def headed_docx(source: dict[str, Any], path: Path) -> None:
    """Heading styles with automatic numbers; the items of each section are a list that starts again at 1."""
    paper = Document()
    _add_numbering(paper, lists=1 + sum(tag in ("h1", "h2") for tag, _ in source["lines"]))
    paper.add_paragraph(source["title"], style="Title")
    current = 1
    for tag, text in source["lines"]:
        if tag in ("h1", "h2"):
            current += 1
            paper.add_heading(text, level=int(tag[1]))
        elif tag == "num":
            _number(paper.add_paragraph(text), current, 0)
        else:
            paper.add_paragraph(text)
    paper.save(str(path))


def _add_numbering(paper: Any, lists: int) -> None:
    """A multi-level list tied to the heading styles, and one plain list restarted by as many w:num as asked."""
    root = paper.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="{style}"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text, style) in enumerate(_LEVELS[:2])
    )
    root.append(parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="0">{levels}</w:abstractNum>'))
    form, text, _ = _LEVELS[2]
    root.append(parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
    ))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="1"><w:abstractNumId w:val="0"/></w:num>'))
    for number_id in range(2, lists + 2):
        root.append(parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number_id}"><w:abstractNumId w:val="1"/>'
            f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        ))
    for depth in (0, 1):
        properties = paper.styles[f"Heading {depth + 1}"].element.get_or_add_pPr()
        level = f'<w:ilvl w:val="{depth}"/>' if depth else ""
        properties.append(parse_xml(f'<w:numPr {nsdecls("w")}>{level}<w:numId w:val="1"/></w:numPr>'))


def _number(paragraph: Any, number_id: int, depth: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(
        f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{number_id}"/></w:numPr>'
    ))


def table_docx(source: dict[str, Any], path: Path) -> None:
    """A task table: bold centred title, two header rows, and equal cells of the first column merged."""
    paper = Document()
    title = paper.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run(source["title"]).bold = True
    paper.add_paragraph(source["intro"])
    header, rows = source["header"], source["rows"]
    table = paper.add_table(rows=len(header) + len(rows), cols=len(header[0]))
    for at, row in enumerate(header + rows):
        for column, text in enumerate(row):
            _fill(table, at, column, text)
    for column, (over, under) in enumerate(zip(*header, strict=True)):
        if over and not under:
            table.cell(0, column).merge(table.cell(1, column)).text = over
    table.cell(0, 3).merge(table.cell(0, 4)).text = header[0][3]
    for text, group in itertools.groupby(enumerate(rows, start=len(header)), key=lambda pair: pair[1][0]):
        places = [at for at, _ in group]
        if len(places) > 1:
            table.cell(places[0], 0).merge(table.cell(places[-1], 0)).text = text
    for note in source["notes"]:
        paper.add_paragraph(note)
    paper.save(str(path))


def _fill(table: Table, row: int, column: int, text: str) -> None:
    cell = table.cell(row, column)
    first, *rest = text.split("\n")
    cell.text = first
    for line in rest:
        cell.add_paragraph(line)


def ledger_xlsx(source: dict[str, Any], path: Path) -> None:
    """Sheets with rows above a two-row header, section rows across all columns, merged tasks and real dates."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for made in source["sheets"]:
        _sheet(book.create_sheet(made["name"]), made)
    book.save(path)


def _sheet(sheet: Any, made: dict[str, Any]) -> None:
    width = len(made["header"][0])
    for line in made["above"]:
        sheet.append([line])
        sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=width)
    top = sheet.max_row + 1
    for row in made["header"]:
        sheet.append([text or None for text in row])
    for column in (1, 2, 3, 6, 7):
        sheet.merge_cells(start_row=top, end_row=top + 1, start_column=column, end_column=column)
    sheet.merge_cells(start_row=top, end_row=top, start_column=4, end_column=5)
    count, held = 0, (0, "")
    for row in [*made["rows"], *([note] for note in made["notes"]), ["", "", "", "", ""]]:
        if held[1] and (len(row) == 1 or row[0] != held[1]):
            sheet.merge_cells(start_row=held[0], end_row=sheet.max_row, start_column=2, end_column=2)
        if len(row) == 1:
            sheet.append(row)
            sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=width)
            held = (0, "")
        elif row[0]:
            count += 1
            task, text, owner, helpers, due = row
            new = task != held[1]
            when = datetime.date.fromisoformat(due["date"]) if isinstance(due, dict) else due
            sheet.append([count, task if new else None, text, owner, helpers or None, when])
            held = (sheet.max_row, task) if new else held


def paged_pdf(source: dict[str, Any], path: Path) -> None:
    """A5 pages with a running header and page numbers, indented and justified paragraphs, set by typst."""
    import typst

    # the text reaches typst as data, so that nothing in it is markup
    path.with_suffix(".json").write_text(json.dumps(source, ensure_ascii=False), encoding="utf-8")
    markup = path.with_suffix(".typ")
    markup.write_text(_PAPER.replace("DATA", path.with_suffix(".json").name), encoding="utf-8")
    path.write_bytes(typst.compile(str(markup), root=str(path.parent)))


_PAPER = """
#let data = json("DATA")
#let running = align(right, text(9pt)[机关党建工作文件选编])
#set page(paper: "a5", margin: (x: 2cm, y: 2.2cm), numbering: "— 1 —", header: running)
#set text(font: "Noto Serif CJK SC", size: 11pt, lang: "zh")
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 0.9em)
#align(center, text(16pt, weight: "bold", data.title))
#v(1em)
#for line in data.lines {
  if line.at(0) == "h1" { par(text(font: "Noto Sans CJK SC", line.at(1))) } else { par(line.at(1)) }
}
"""

_BUILDERS: dict[str, tuple[Callable[[dict[str, Any], Path], None], str]] = {
    "discipline": (headed_docx, "docx"),
    "district": (table_docx, "docx"),
    "institute": (ledger_xlsx, "xlsx"),
    "bureau": (paged_pdf, "pdf"),
}
