"""Numbers of official papers: 发文字号, dates, copy numbers, heading marks and the page itself (GB/T 9704-2012)."""

import re
from dataclasses import dataclass
from datetime import date

from luoshi.kernel.numbers import heading

from .errors import PaperError

__all__ = [
    "PAGE",
    "PageGeometry",
    "check_doc_no",
    "chinese_date",
    "copy_number",
    "doc_no",
    "heading",
    "page_geometry",
    "read_date",
]

_DOC_NO = re.compile(r"(?P<code>[^〔〕\[\]［］（）()\s\d第]{1,16})〔(?P<year>\d{4})〕(?P<n>\d{1,5})号")
_WRONG_BRACKETS = re.compile(r"[\[［(（【]\s*\d{4}\s*[\]］)）】]")
_DATE = re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日")


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """The page in millimetres, with the grid that fills its text block (版心). Source: GB/T 9704-2012, 5.2."""

    width: float = 210
    height: float = 297
    top: float = 37
    left: float = 28
    right: float = 26
    bottom: float = 35
    lines: int = 22
    characters: int = 28

    @property
    def block_width(self) -> float:
        """Width of the text block in mm: 156."""
        return self.width - self.left - self.right

    @property
    def block_height(self) -> float:
        """Height of the text block in mm: 225."""
        return self.height - self.top - self.bottom


PAGE = PageGeometry()


def page_geometry() -> dict[str, float]:
    """Paper and white edges in mm, by the short names the standard's digest uses: w, h, top, left, right, bottom."""
    return {
        "w": PAGE.width, "h": PAGE.height,
        "top": PAGE.top, "left": PAGE.left, "right": PAGE.right, "bottom": PAGE.bottom,
    }


def doc_no(code: str, year: int, n: int) -> str:
    """("商党", 2026, 7) → 商党〔2026〕7号. Raises PaperError as `check_doc_no` does. Source: GB/T 9704-2012, 7.2.5."""
    if n < 1:
        raise PaperError(f"发文顺序号应从 1 起，收到的是 {n}。")
    return check_doc_no(f"{code}〔{year}〕{n}号")


def check_doc_no(text: str) -> str:
    """The number itself if it is well formed (代字〔年份〕顺序号号); else PaperError saying what to change.

    Square-angle brackets 〔〕, a four-digit year, Arabic digits, no leading zero and no 第.
    Source: GB/T 9704-2012, 7.2.5.
    """
    said = f"发文字号“{text}”不符合格式"
    if _WRONG_BRACKETS.search(text):
        raise PaperError(f"{said}：年份应使用六角括号，请写成〔2026〕这样的形式。")
    if "第" in text:
        raise PaperError(f"{said}：顺序号前不加“第”字，请写成〔2026〕7号。")
    if re.search(r"〔\d{1,3}〕", text):
        raise PaperError(f"{said}：年份应写全四位数字，例如〔2026〕。")
    if re.search(r"〕\s*0", text):
        raise PaperError(f"{said}：顺序号不编虚位，请把 07 写成 7。")
    found = _DOC_NO.fullmatch(text)
    if not found or not text.isprintable() or any("０" <= c <= "９" for c in text):
        raise PaperError(f"{said}：应由机关代字、年份、顺序号组成，例如“商党〔2026〕7号”。")
    return text


def chinese_date(day: date) -> str:
    """2026-07-01 → 2026年7月1日: Arabic digits, full year, no leading zero. Source: GB/T 9704-2012, 7.3.5.4."""
    return f"{day.year}年{day.month}月{day.day}日"


def read_date(text: str) -> date:
    """A written 成文日期 as a date; PaperError where a part is missing or not written as the standard asks."""
    said = f"日期“{text}”不符合格式"
    plain = text.strip().translate({ord("０") + n: str(n) for n in range(10)})
    if re.search(r"[〇○零一二三四五六七八九十]", plain):
        raise PaperError(f"{said}：成文日期应使用阿拉伯数字，例如 2026年7月1日。")
    if re.fullmatch(r"\d{4}年(\d{1,2}月)?", plain):
        raise PaperError(f"{said}：缺少{'日' if '月' in plain else '月和日'}，成文日期应写全年、月、日。")
    found = _DATE.fullmatch(plain)
    if not found:
        raise PaperError(f"{said}：请写成 2026年7月1日 这样的形式。")
    if found["m"].startswith("0") or found["d"].startswith("0"):
        raise PaperError(f"{said}：月、日不编虚位，1 不写成 01。")
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        raise PaperError(f"{said}：没有这一天，请核对月份和日期。") from None


def copy_number(n: int) -> str:
    """The 份号 as six digits: 12 → 000012. Raises PaperError outside 1 to 999,999. Source: GB/T 9704-2012, 7.2.1."""
    if not 1 <= n <= 999_999:
        raise PaperError(f"份号应在 1 到 999999 之间，收到的是 {n}。")
    return f"{n:06d}"
