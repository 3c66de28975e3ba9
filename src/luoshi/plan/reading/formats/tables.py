"""From a filled grid to blocks: title rows, one or two header rows, section rows, notes, and rows with headed cells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..blocks import Block

_HEADER_WORDS = re.compile(
    r"序号|编号|项目|任务|工作|措施|举措|事项|内容|要点|要求|目标|责任|牵头|主办|承办|配合|协办|协同|参与|单位|部门|处室|科室|负责|"
    r"时限|时间|期限|日期|节点|进度|完成|启动|开始|结束|频次|备注|说明|类别|分类|板块|依据|成果|标准|指标|经费|领导|联系人|对象|方式|地点|起|止"
)
_NOTE = re.compile(
    r"(?:注|备注|说明|填表说明|附注)\s*\d*\s*[：:]|\*|※|填报|填表|制表|审核|(?:单位|日期|联系人|编制)[：:]"
)
_CHAPTER = re.compile(r"第?[一二三四五六七八九十百]+[、.．章部]|[Ⅰ-Ⅻ]")
_SECTION = re.compile(r"[（(][一二三四五六七八九十百]+[)）]|第[一二三四五六七八九十百]+节")
_LONGEST_HEADER = 16
_HEADER_SEARCH = 15


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One cell; a merged cell is the same object everywhere it reaches."""

    text: str


Grid = list[list[Cell]]


def blocks(grid: Grid) -> Iterator[Block]:
    """The table as blocks, in order. Without a header each row is a paragraph of its cells."""
    rows = [row for row in _squared(grid) if any(cell.text for cell in row)]
    top = _header(rows)
    if top is None:
        yield from _unheaded(rows)
        return
    titled = False
    for row in rows[:top]:
        text = _line(row)
        note = titled or bool(_NOTE.match(text))
        yield Block(text, kind="note" if note else "title")
        titled = True
    headers, used = _headers(rows, top)
    # a table that runs over several pages repeats its header
    repeated = [[cell.text for cell in row] for row in rows[top : top + used]]
    for row in rows[top + used :]:
        if [cell.text for cell in row] not in repeated:
            yield _row(row, headers)


def _squared(grid: Grid) -> Grid:
    width = max((len(row) for row in grid), default=0)
    return [row + [Cell("")] * (width - len(row)) for row in grid]


def _header(rows: Grid) -> int | None:
    for at, row in enumerate(rows[:_HEADER_SEARCH]):
        words = [cell.text for cell in dict.fromkeys(row) if cell.text]
        if len(words) < 2 or any(len(_flat(word)) > _LONGEST_HEADER for word in words):
            continue
        known = sum(bool(_HEADER_WORDS.search(_flat(word))) for word in words)
        if known >= max(2, len(words) * 0.6) and not any(re.search(r"[：:。；]", word) for word in words):
            return at
    return None


def _headers(rows: Grid, top: int) -> tuple[list[str], int]:
    first = rows[top]
    names = [_flat(cell.text) for cell in first]
    if top + 1 >= len(rows):
        return names, 1
    second = rows[top + 1]
    reaches = [a is b for a, b in zip(first, second, strict=True)]
    grouped = [sum(cell is other for other in first) > 1 for cell in first]
    below = [_flat(cell.text) for cell, down in zip(second, reaches, strict=True) if not down and cell.text]
    continues = bool(below) and all(len(word) <= _LONGEST_HEADER for word in below) and (
        (any(reaches) and any(_HEADER_WORDS.search(word) for word in below)) or _only_under(grouped, second, reaches)
    )
    if not continues:
        return names, 1
    joined = []
    for over, cell, down in zip(names, second, reaches, strict=True):
        under = "" if down else _flat(cell.text)
        # a group such as 责任分工 over 牵头单位 says nothing that the lower word does not
        joined.append(under if len(under) >= 4 else over + under)
    return joined, 2


def _only_under(grouped: list[bool], second: list[Cell], reaches: list[bool]) -> bool:
    filled = [at for at, cell in enumerate(second) if cell.text and not reaches[at]]
    return bool(filled) and all(grouped[at] for at in filled)


def _row(row: list[Cell], headers: list[str]) -> Block:
    distinct = [cell for cell in dict.fromkeys(row) if cell.text]
    text = "\n".join(cell.text for cell in distinct)
    alone = len(distinct) == 1
    if alone and _NOTE.match(text):
        return Block(text, kind="note")
    if alone and (_spans(row, distinct[0]) or _CHAPTER.match(text) or _SECTION.match(text)):
        # a sentence across the table is a remark, a few words across it are a heading
        if len(text) > 40 or text.endswith("。"):
            return Block(text, kind="note")
        return Block(_flat(text), kind="heading", level=2 if _SECTION.match(text) else 1)
    seen: set[Cell] = set()
    cells: list[tuple[str, str]] = []
    for header, cell in zip(headers, row, strict=True):
        if cell.text and cell not in seen:
            cells.append((header, cell.text))
        seen.add(cell)
    return Block("\t".join(value for _, value in cells), kind="row", cells=tuple(cells))


def _spans(row: list[Cell], cell: Cell) -> bool:
    return sum(other is cell for other in row) >= max(2, len(row) - 1) or (len(row) > 2 and row[0] is cell)


def _unheaded(rows: Grid) -> Iterator[Block]:
    for row in rows:
        text = _line(row)
        yield Block(text, kind="note" if _NOTE.match(text) else "paragraph")


def _line(row: list[Cell]) -> str:
    return " ".join(cell.text.replace("\n", " ") for cell in dict.fromkeys(row) if cell.text)


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", text)
