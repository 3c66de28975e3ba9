"""What an import never takes in: files with a classification mark, and columns on what the product does not record."""

import re
from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from luoshi.kernel.marks import STAR, found_mark

from . import fields, packages
from .packages import Unreadable

HEADINGS = 20  # rows in which the headings may stand

# Belief, opinions, attitude and mood of a person, and proofs of where and how long someone was.
REFUSED = re.compile(
    r"宗教|信仰|教派|信教|思想(?:动态|状况|倾向|表现)|政治态度|政治倾向|政治可靠|个人观点|情绪|心情|积分|打卡|在线时长|定位|人脸"
    r"|\b(?:religion|religious|beliefs?|faith|sect|church|opinions?|attitudes?|mood|ideology|loyalty|geolocation)\b", re.I)


def refuse_marked(rows: Iterable[list[Any]], data: bytes, name: str) -> None:
    """Raise Unreadable where the name, a cell or any part of the file carries a classification mark."""
    mark = found_mark(name)
    packed = data[:4] == b"PK\x03\x04"
    some = iter(rows if not packed else ())  # the cells of a package are among its texts
    while not mark and (few := list(islice(some, 500))):
        mark = found_mark("\n".join(cell for row in few for cell in row if isinstance(cell, str)))
    if not mark and packed:
        mark = next(filter(None, map(found_mark, packages.texts(data, STAR))), "")
    if not mark and data[:4] == b"\xd0\xcf\x11\xe0":
        mark = found_mark(data.decode("utf-16-le", "ignore")) or found_mark(data[1:].decode("utf-16-le", "ignore"))
    if mark:
        raise Unreadable(_("文件含“%(mark)s”标志。本系统不得存储国家秘密，文件未保存，请按保密规定处理") % {"mark": mark})


def refused_columns(rows: Iterable[list[Any]]) -> dict[int, str]:
    """Position → heading of the columns whose heading names what is not recorded."""
    found: dict[int, str] = {}
    for row in islice(rows, HEADINGS):
        for i, cell in enumerate(row):
            text = fields.tidy(cell)
            # A heading is a few words; a sentence in a cell that holds such a word is no heading.
            if i not in found and len(text) <= 24 and REFUSED.search(text):
                found[i] = text
    return found
