"""Plain text and Markdown: which encoding it is, and which lines belong together."""

import codecs
import re
import unicodedata
from collections.abc import Iterator

from luoshi.kernel import marks

from ..blocks import Block, Document, document
from ..errors import CLASSIFIED, Unreadable
from . import scale

_NOISE = "这个文件不是文字文件，或者编码无法识别；请用 WPS 或记事本打开原件，另存为 docx 或 UTF-8 文本后再试。"
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.+?)[ \t#]*$")
_ITEM = re.compile(r"[ \t]*(?:(\d{1,3}[.)、])|[-*+•])[ \t]+(.+)$")
_INLINE = re.compile(r"(\*\*|__|`)(.+?)\1")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_NUMBERED = re.compile(
    r"[\s　]*(?:第?[一二三四五六七八九十百]+[、.．章节条部]|[（(]?[一二三四五六七八九十\d]+[)）]|\d+[.．、]|[①-⑳])"
)


def read(data: bytes, name: str) -> Document:
    """The blocks of a text file. Raises Unreadable for noise, for text without Chinese, and for marked files."""
    if len(data) > 4 * scale.TEXT_CHARACTERS:
        scale.check_text(len(data))
    text = decode(data)
    if marks.found_mark(text):
        raise Unreadable(CLASSIFIED)
    if sum("\u3400" <= c <= "\u9fff" for c in text) < scale.LEAST_CHARACTERS:
        raise Unreadable("文件里没有找到中文正文；请核对是否选错了文件，或另存为 docx 后再试。")
    scale.check_text(len(text))
    if name.lower().endswith((".md", ".markdown")) or len(re.findall(r"(?m)^#{1,6} \S", text)) >= 2:
        return document(_markdown(text), "md")
    return document((Block(clean(line)) for line in _joined(text.splitlines())), "txt")


def decode(data: bytes) -> str:
    """Text of UTF-8, UTF-16 or GB18030 bytes, with or without a byte order mark. Raises Unreadable for noise."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        tries = ["utf-16"]
    elif b"\x00" in data:
        tries = ["utf-16-le", "utf-16-be"]
    else:
        tries = ["utf-8-sig", "gb18030", "utf-16-le", "utf-16-be"]
    for encoding in tries:
        text = _decoded(data, encoding)
        if text is not None and _plausible(text, strict=encoding != "utf-8-sig"):
            return text.replace("\x0c", "\n")
    raise Unreadable(_NOISE)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        # a copy cut off in the middle of its last character is still worth reading
        if error.start < max(len(data) - 4, 1):
            return None
        try:
            return data[: error.start].decode(encoding)
        except UnicodeDecodeError:
            return None


def _plausible(text: str, *, strict: bool) -> bool:
    wide = [c for c in text if ord(c) > 0x7F]
    odd = sum(unicodedata.category(c) in ("Cc", "Co", "Cn", "Cs") and c not in "\t\r\n\x0c\u3000" for c in text)
    if odd > max(2, len(text) * 0.002):
        return False
    if not strict:
        return True
    known = sum(_in_gb2312(c) for c in wide)
    return bool(wide) and known >= len(wide) * 0.85


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return character in "•·—–〔〕①②③④⑤⑥⑦⑧⑨⑩\u2028"
    return True


def clean(line: str) -> str:
    """The line without indent, invisible characters and runs of blanks."""
    line = re.sub(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]", "", line)
    return re.sub(r"[ \t\u00a0]+", " ", line.replace("\u3000", " ")).strip()


def _joined(lines: list[str]) -> Iterator[str]:
    """Paragraphs: lines that an editor wrapped at a fixed width are put together again."""
    widths = [len(line.rstrip()) for line in lines if line.strip()]
    wrap = max(widths, default=0)
    if not 16 <= wrap <= 80 or sum(width >= wrap - 3 for width in widths) < max(3, len(widths) // 4):
        yield from lines
        return
    held, room = "", wrap
    for line in lines:
        starts = not line.strip() or line[0] in " \t\u3000" or bool(_NUMBERED.match(line))
        # a new paragraph follows where the line above stopped short of the edge
        if starts or room > 3:
            yield held
            held = line
        else:
            held += line.strip()
        room = wrap - len(line.rstrip())
    yield held


def _markdown(text: str) -> Iterator[Block]:
    lines: list[str] = []
    shallowest = min((len(m[1]) for m in map(_HEADING.match, text.splitlines()) if m), default=1)
    single = sum(bool((m := _HEADING.match(line)) and len(m[1]) == shallowest) for line in text.splitlines()) == 1
    for line in [*text.splitlines(), ""]:
        heading, item = _HEADING.match(line), _ITEM.match(line)
        continues = bool(line.strip()) and not heading and not item and line.strip()[0] not in "|>" and bool(lines)
        if not continues and lines:
            yield _markdown_paragraph(lines)
            lines = []
        if heading:
            depth = len(heading[1]) - shallowest + (0 if single else 1)
            words = clean(_bare(heading[2]))
            yield Block(words, kind="heading", level=depth) if depth else Block(words, kind="title")
        elif line.strip() and not re.fullmatch(r"[\s|:*_-]+", line):
            lines.append(line.lstrip("> "))


def _markdown_paragraph(lines: list[str]) -> Block:
    item = _ITEM.match(lines[0])
    first = item[2] if item else lines[0]
    return Block(clean(_bare("".join([first.strip(), *map(_tail, lines[1:])]))), number=(item[1] or "") if item else "")


def _tail(line: str) -> str:
    words = line.strip()
    return f" {words}" if words[:1].isascii() and words[:1].isalpha() else words


def _bare(words: str) -> str:
    return _INLINE.sub(r"\2", _LINK.sub(r"\1", words)).replace("\\", "")
