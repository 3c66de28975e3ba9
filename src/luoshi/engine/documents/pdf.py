"""Prints a paper as PDF with typst; the paper's words travel as JSON data and never become markup."""

import json
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from .cleaning import breakable, one_line
from .errors import PaperError
from .fonts import Face, fonts_used, stock
from .layout import Block, Grid, Meta, Sheet, lay_out
from .lines import Line, PageBreak
from .paper import Paper

__all__ = ["fonts_used", "to_pdf"]

_TEMPLATES = Path(__file__).parent / "templates"
_NO_DATE = date(1980, 1, 1)
# One compiler serves one paper at a time: its inputs belong to the compiler and not to the call.
_one_at_a_time = Lock()


def to_pdf(paper: Paper, *, system_fonts: bool = True) -> bytes:
    """The paper as PDF 1.7 with embedded fonts; the same paper and fonts give the same bytes.

    `system_fonts=False` uses only the folder in LUOSHI_FONTS and the font package. Raises PaperError without a Chinese
    font and where a paper cannot be set.
    """
    fonts, faces = stock(system_fonts=system_fonts)
    data = json.dumps(_data(paper, lay_out(paper), faces), ensure_ascii=False)
    made_on = datetime.combine(paper.signed_on or paper.as_of or _NO_DATE, time(), UTC)
    with _one_at_a_time:
        try:
            made = _compiler(fonts).compile(
                input=str(_TEMPLATES / "paper.typ"), format="pdf", sys_inputs={"paper": data}, timestamp=made_on,
            )
        except typst.TypstError as error:
            raise PaperError(f"文件《{one_line(paper.title)}》未能排版，请检查表格的列数和内容长短。") from error
    if not isinstance(made, bytes):
        raise PaperError(f"文件《{one_line(paper.title)}》没有可以打印的内容，请补充正文。")
    return made


@lru_cache(maxsize=4)
def _compiler(fonts: typst.Fonts) -> typst.Compiler:
    return typst.Compiler(root=str(_TEMPLATES), font_paths=fonts)


def _data(paper: Paper, sheet: Sheet, faces: tuple[Face, ...]) -> dict[str, Any]:
    head, record, day = sheet.head, sheet.record, paper.signed_on or paper.as_of
    return {
        "title": one_line(paper.title), "author": one_line(paper.issuer), "kind": one_line(paper.kind),
        "date": [day.year, day.month, day.day] if day else None,
        "sheet": sheet.sheet, "landscape": sheet.landscape,
        "faces": {
            f.role: {"families": f.families, "weight": f.weight, "stroke": 0.4 if f.outlined else 0} for f in faces
        },
        "head": head and {
            "corner": [[s.text, s.face] for s in head.corner], "mark": head.mark, "size": head.mark_size,
            "number": head.number, "signer": head.signer,
        },
        "blocks": [_block(block) for block in sheet.blocks],
        "record": record and [record.copies, record.printed_by, record.printed_on],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Line():
            return {
                "is": "line", "role": block.role, "spans": [[breakable(s.text), s.face] for s in block.spans],
                "first": block.first, "left": block.left, "right": block.right, "align": block.align,
                "before": block.before, "keep": block.keep, "size": block.size,
                "label": block.label, "label_width": block.label_width,
            }
        case Grid():
            return {
                "is": "grid", "header": [breakable(c) for c in block.header],
                "rows": [[breakable(c) for c in row] for row in block.rows], "widths": block.widths,
                "align": block.align, "caption": block.caption, "tall": sorted(block.tall),
            }
        case Meta():
            return {"is": "meta", "parts": [block.left, block.center, block.right]}
        case PageBreak():
            return {"is": "break"}
