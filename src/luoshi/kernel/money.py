"""Amounts as whole 分; the one place that rounds."""

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

_UNITS = {"": 100, "元": 100, "圆": 100, "万元": 1_000_000, "万": 1_000_000, "亿元": 10_000_000_000}
_SHAPE = re.compile(r"([+-]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?(亿元|万元|万|元|圆)?")
_LONGEST = 40  # characters; whoever types more has pasted something else
_MOST = 10**17  # 分; one quadrillion 元 still fits a 64-bit column


def round_half_up(value: Decimal | Fraction | int) -> int:
    """The nearest whole number; a half goes away from zero. Floats are refused by type: they are not exact."""
    exact = Fraction(value)
    whole = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return whole if exact >= 0 else -whole


def parse(text: str) -> int:
    """An amount written by a person, in 分: "1,234.50" → 123450, "3.2万元" → 3200000.

    Full-width digits, ¥ and blanks are accepted. Raises ValueError, with a sentence in Chinese, for anything that is no
    amount, is finer than one 分, or is larger than 10^15 元.
    """
    plain = unicodedata.normalize("NFKC", text).replace("¥", "").replace("人民币", "")
    plain = "".join(plain.split()).removesuffix("整")
    told = text.strip()[:_LONGEST]
    found = _SHAPE.fullmatch(plain) if len(plain) <= _LONGEST else None
    if not found:
        raise ValueError(f"看不懂金额“{told}”，请写成 1234.50 或 1,234.50 这样的数字")
    sign, whole, rest, unit = found.groups()
    # Fraction and not Decimal: Decimal drops the digits that its context does not carry, without a word.
    fen = Fraction(whole.replace(",", "") + (rest or "")) * _UNITS[unit or ""]
    if fen > _MOST:
        raise ValueError(f"金额“{told}”过大，请核对")
    if fen.denominator != 1:
        raise ValueError(f"金额“{told}”精确到分以下，请最多写到分")
    return -int(fen) if sign == "-" else int(fen)


def show(fen: int) -> str:
    """分 as 元 with thousands and two digits: 123450 → "1,234.50"."""
    yuan, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{yuan:,}.{rest:02d}"


def in_words(fen: int) -> str:
    """分 in the capital numerals of vouchers: 3250050 → 叁万贰仟伍佰元伍角. Negative amounts begin with 负.

    Raises ValueError from 10^16 元, for which the numerals have no words.
    """
    import cn2an

    yuan, rest = divmod(abs(fen), 100)
    if yuan >= 10**16:
        raise ValueError("金额过大，无法写成大写")
    jiao, last = divmod(rest, 10)
    digits = "零壹贰叁肆伍陆柒捌玖"
    words = f"{cn2an.an2cn(str(yuan), 'up')}元" if yuan or not rest else ""
    if not rest:
        words += "整"
    if jiao:
        words += f"{digits[jiao]}角"
    elif rest and yuan:
        words += "零"
    if last:
        words += f"{digits[last]}分"
    return ("负" if fen < 0 else "") + words
