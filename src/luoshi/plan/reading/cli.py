"""The command `luoshi plan read`: reads a plan file without a database and prints what it found."""

import argparse
import json
import sys
from typing import NoReturn

from .errors import Unreadable


class _Parser(argparse.ArgumentParser):
    """An argument parser that says what is wrong in the user's language."""

    def error(self, message: str) -> NoReturn:
        raise Unreadable("用法：luoshi plan read 文件 [--year 年份] [--json]；请写明一个计划文件，年份用四位数字。")


def main(argv: list[str]) -> int:
    """`FILE [--year Y] [--json]`: 0, or 2 with one sentence on stderr for wrong usage and for a file that cannot be read.

    Prints an outline; with --json one object: title, year, issuer, sections (title, level, parent) and measures (text,
    section, kind, timing, owner, helpers, programmes, needs).
    """
    parser = _Parser(prog="luoshi plan read", description="读取一份计划，列出章节和措施。", allow_abbrev=False)
    parser.add_argument("file", metavar="文件", help="docx、xlsx、pdf、txt 或 md")
    parser.add_argument("--year", type=_year, metavar="年份", help="计划的年份；不写时取标题中的年份")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    try:
        asked = parser.parse_args(argv)
        from .files import read_file
        from .tree import read_plan

        plan = read_plan(read_file(asked.file), year=asked.year)
    except Unreadable as reason:
        sys.stderr.write(f"{reason}\n")
        return 2
    if asked.json:
        shown = json.dumps(plan.as_json(), ensure_ascii=False, indent=1)
    else:
        from .show import outline

        shown = outline(plan)
    sys.stdout.write(shown + "\n")
    return 0


def _year(text: str) -> int:
    year = int(text)
    if not 1900 <= year <= 2100:
        raise ValueError(text)
    return year
