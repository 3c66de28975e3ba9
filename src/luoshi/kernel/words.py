"""What the number words of regulations include: 以上 takes the number in, 超过 leaves it out."""

import operator
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

Number = int | Decimal | Fraction

# Civil Code (民法典) Art. 1259 for 以上、以下、以内、届满、不满、超过、以外; the others by their plain sense.
_WORDS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "以上": operator.ge,
    "不少于": operator.ge,
    "不低于": operator.ge,
    "至少": operator.ge,
    "届满": operator.ge,
    "以下": operator.le,
    "以内": operator.le,
    "不超过": operator.le,
    "不多于": operator.le,
    "至多": operator.le,
    "不满": operator.lt,
    "不足": operator.lt,
    "少于": operator.lt,
    "低于": operator.lt,
    "超过": operator.gt,
    "多于": operator.gt,
    "以外": operator.gt,
}
_HALVES: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "超过半数": operator.gt,
    "过半数": operator.gt,
    "半数以上": operator.ge,
}


def satisfies(word: str, value: Number, n: Number) -> bool:
    """Whether a value meets "word n", exactly: satisfies("以上", 3, 3) is true, satisfies("不足", 7, 7) is not.

    For 超过半数, 过半数 and 半数以上, n is the half itself (5 of 10; `Fraction(9, 2)` of 9); `more_than_half` and
    `at_least_half` take the whole. Value and n are in the same unit. Raises ValueError for a word that is not known and
    TypeError for floats, because 0.8 × 10 is not 8 for a machine.
    """
    compare = _WORDS.get(word) or _HALVES.get(word)
    if compare is None:
        known = "、".join((*_WORDS, *_HALVES))
        raise ValueError(f"不认识数量词“{word}”，可用的有：{known}")
    return compare(_exact(value), _exact(n))


def more_than_half(part: int, whole: int) -> bool:
    """超过半数: 2 × part > whole; 5 of 10 is not, 5 of 9 is. Nobody is never more than half of nobody."""
    return 2 * part > whole


def at_least_half(part: int, whole: int) -> bool:
    """半数以上: 2 × part ≥ whole; 5 of 10 is. Source: branch regulation (2018) Art. 12 with Civil Code Art. 1259."""
    return 2 * part >= whole


def at_least(part: int, whole: int, share: Fraction) -> bool:
    """Whether part is no less than a share of the whole, without rounding: 7 of 10 meets two thirds, 6 does not."""
    return part * share.denominator >= whole * share.numerator


def _exact(value: Number) -> Fraction:
    if isinstance(value, float):
        raise TypeError("请用整数、Decimal 或 Fraction，小数会有误差")
    return Fraction(value)
