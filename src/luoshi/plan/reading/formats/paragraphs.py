"""The visible words of one docx paragraph: tracked deletions, hidden text, text boxes and field codes left out."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from .plain import clean
from .word_names import COMPATIBILITY, child, switched_on, w

_LEFT_OUT = {w(name) for name in (
    "del", "moveFrom", "instrText", "delText", "txbxContent", "drawing", "pict", "object", "pPr", "rPr",
    "footnoteReference", "endnoteReference", "commentReference", "rPh",
)} | {COMPATIBILITY}
_TEXT, _RUN = w("t"), w("r")
_WRITTEN = {w("tab"): " ", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-", w("ptab"): " "}


def words(paragraph: Element) -> str:
    """The paragraph's text as the reader sees it; line breaks inside it stay as newlines."""
    raw = "".join(_pieces(paragraph))
    return "\n".join(filter(None, map(clean, raw.split("\n"))))


def all_words(root: Element) -> str:
    """Every text of a part, text boxes included: what a classification mark is looked for in."""
    return "\n".join("".join(node.text or "" for node in paragraph.iter(_TEXT)) for paragraph in root.iter(w("p")))


def wholly_bold(paragraph: Element) -> bool | None:
    """True where every run with words is bold, None where no run says anything."""
    said = [switched_on(child(run, "rPr"), "b") for run in paragraph.iter(_RUN) if any(_pieces(run))]
    return None if not said or all(state is None for state in said) else all(said)


def _pieces(node: Element) -> Iterator[str]:
    for part in node:
        if part.tag in _LEFT_OUT:
            continue
        if part.tag == _RUN and switched_on(child(part, "rPr"), "vanish"):
            continue
        if part.tag == _TEXT:
            yield part.text or ""
        elif part.tag in _WRITTEN:
            yield _WRITTEN[part.tag]
        else:
            yield from _pieces(part)
