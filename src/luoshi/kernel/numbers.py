"""Chinese numerals, as headings, articles and issue numbers carry them."""

_DIGITS = "零一二三四五六七八九"
_MOST = 99_999_999


def chinese(n: int) -> str:
    """21 → 二十一, 105 → 一百零五, 12000 → 一万二千. Raises ValueError outside 0 to 99,999,999."""
    if not 0 <= n <= _MOST:
        raise ValueError(f"序号应在 0 到 {_MOST} 之间，收到的是 {n}")
    if n == 0:
        return _DIGITS[0]
    high, low = divmod(n, 10_000)
    words = _below_ten_thousand(high) + "万" if high else ""
    if high and 0 < low < 1000:
        words += _DIGITS[0]
    words += _below_ten_thousand(low)
    return words.removeprefix("一") if words.startswith("一十") else words


def heading(level: int, n: int) -> str:
    """The mark of a heading by GB/T 9704-2012: level 1 "一、", 2 "（一）", 3 "1." (with its full stop), 4 "（1）".

    Raises ValueError for another level.
    """
    match level:
        case 1:
            return f"{chinese(n)}、"
        case 2:
            return f"（{chinese(n)}）"
        case 3:
            return f"{n}."
        case 4:
            return f"（{n}）"
    raise ValueError(f"公文标题只有四级，收到的是第 {level} 级")


def _below_ten_thousand(n: int) -> str:
    words, skipped = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, size)
        if digit:
            words += (_DIGITS[0] if skipped and words else "") + _DIGITS[digit] + unit
            skipped = False
        else:
            skipped = True
    return words
