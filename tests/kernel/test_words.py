"""TIME-1: which number words take the number in."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.kernel import words
from luoshi.kernel.words import satisfies


@pytest.mark.parametrize(
    ("word", "n", "value", "result"),
    [
        ("以上", 3, 3, True),
        ("以上", 3, 2, False),
        ("超过半数", 5, 5, False),
        ("超过半数", 5, 6, True),
        ("超过半数", Fraction(9, 2), 5, True),
        ("半数以上", 5, 5, True),
        ("半数以上", Fraction(9, 2), 4, False),
        ("不少于", 8, 8, True),
        ("不少于", Fraction(4, 5) * 10, 7, False),
        ("不足", 7, 7, False),
        ("不足", 7, 6, True),
        ("以下", 3000, Decimal("3000.00"), True),
        ("以下", 3000, Decimal("3000.01"), False),
        ("以内", 5, 5, True),
        ("以内", 5, 6, False),
        ("届满", 12, 12, True),
        ("届满", 12, 11, False),
        ("不满", 18, 18, False),
        ("不满", 18, 17, True),
        ("超过", 50, 50, False),
        ("超过", 50, 51, True),
        ("以外", 10, 10, False),
        ("以外", 10, 11, True),
        ("不超过", 50, 50, True),
    ],
)
def test_number_words(word: str, n: words.Number, value: words.Number, result: bool) -> None:
    assert satisfies(word, value, n) is result


def test_unknown_words_and_floats_are_refused() -> None:
    with pytest.raises(ValueError, match="不认识数量词“左右”"):
        satisfies("左右", 3, 3)
    with pytest.raises(TypeError, match="误差"):
        satisfies("以上", 0.8, 1)  # type: ignore[arg-type]


@given(st.integers(), st.integers())
def test_words_come_in_opposites(value: int, n: int) -> None:
    assert satisfies("以上", value, n) != satisfies("不满", value, n)
    assert satisfies("超过", value, n) != satisfies("以下", value, n)
    assert satisfies("以上", n, n)
    assert not satisfies("超过", n, n)


@pytest.mark.parametrize(("part", "whole", "more", "half"), [
    (5, 10, False, True), (6, 10, True, True), (5, 9, True, True), (4, 9, False, False), (2, 4, False, True),
    (0, 0, False, True), (2, 5, False, False), (3, 5, True, True),
])
def test_halves(part: int, whole: int, more: bool, half: bool) -> None:
    assert words.more_than_half(part, whole) is more
    assert words.at_least_half(part, whole) is half
    assert satisfies("超过半数", part, Fraction(whole, 2)) is more
    assert satisfies("半数以上", part, Fraction(whole, 2)) is half


@pytest.mark.parametrize(
    ("expected", "present", "result"), [(9, 6, True), (9, 5, False), (10, 7, True), (10, 6, False)]
)
def test_two_thirds_without_rounding(expected: int, present: int, result: bool) -> None:
    assert words.at_least(present, expected, Fraction(2, 3)) is result
