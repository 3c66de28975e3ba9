"""Money: what people write becomes 分 and comes back the same; one place rounds."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.kernel import money

fen = st.integers(-(10**17), 10**17)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,234.50", 123450),
        ("1234.5", 123450),
        ("0", 0),
        ("0.01", 1),
        ("１，２３４．５０", 123450),
        (" ¥ 1 234.50 元", 123450),
        ("￥12", 1200),
        ("3.2万元", 3_200_000),
        ("1.000001万元", 1_000_001),
        ("2万", 2_000_000),
        ("1.5亿元", 15_000_000_000),
        ("-12.30", -1230),
        ("+5元整", 500),
        ("1.500", 150),
        ("人民币100元", 10000),
    ],
)
def test_amounts_as_people_write_them(text: str, amount: int) -> None:
    assert money.parse(text) == amount


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "看不懂金额"),
        ("元", "看不懂金额"),
        ("12,34", "看不懂金额"),
        ("1,2345.00", "看不懂金额"),
        ("1.2.3", "看不懂金额"),
        ("一百", "看不懂金额"),
        ("1e5", "看不懂金额"),
        ("NaN", "看不懂金额"),
        (".5", "看不懂金额"),
        ("5.", "看不懂金额"),
        ("--5", "看不懂金额"),
        ("٣", "看不懂金额"),
        ("1.234", "最多写到分"),
        ("0.001", "最多写到分"),
        ("9" * 17, "过大"),
        ("9" * 40, "过大"),
        ("9" * 5000, "看不懂金额“9{40}”"),
        ("1." + "0" * 37 + "1", "最多写到分"),
        ("1." + "0" * 200 + "1", "看不懂金额"),
    ],
)
def test_what_is_no_amount_is_told_why(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        money.parse(text)


@given(fen)
def test_shown_and_read_again(amount: int) -> None:
    assert money.parse(money.show(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "text"), [(123450, "1,234.50"), (0, "0.00"), (5, "0.05"), (-123450, "-1,234.50"), (-5, "-0.05")]
)
def test_show(amount: int, text: str) -> None:
    assert money.show(amount) == text


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (3250050, "叁万贰仟伍佰元伍角"),
        (0, "零元整"),
        (100, "壹元整"),
        (1005, "壹拾元零伍分"),
        (1050, "壹拾元伍角"),
        (1055, "壹拾元伍角伍分"),
        (5, "伍分"),
        (50, "伍角"),
        (55, "伍角伍分"),
        (10000, "壹佰元整"),
        (10100, "壹佰零壹元整"),
        (1000000, "壹万元整"),
        (10_000_100_00, "壹仟万零壹佰元整"),
        (100_000_000_00, "壹亿元整"),
        (-100, "负壹元整"),
    ],
)
def test_capital_numerals(amount: int, words: str) -> None:
    assert money.in_words(amount) == words


@settings(deadline=None)
@given(st.integers(0, 10**17))
def test_capital_numerals_differ_for_every_amount(amount: int) -> None:
    assert money.in_words(amount) != money.in_words(amount + 1)


def test_words_end_somewhere() -> None:
    with pytest.raises(ValueError, match="过大"):
        money.in_words(10**18)


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        (Decimal("0.5"), 1), (Decimal("1.5"), 2), (Decimal("2.5"), 3), (Decimal("-0.5"), -1), (Decimal("-2.5"), -3),
        (Decimal("0.4999"), 0), (Decimal("-0.4999"), 0), (Fraction(1, 3), 0), (Fraction(2, 3), 1), (7, 7),
        (Decimal("12345678901234567890.5"), 12345678901234567891),
    ],
)
def test_a_half_goes_away_from_zero(value: Decimal | Fraction | int, whole: int) -> None:
    assert money.round_half_up(value) == whole


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_rounding_is_never_off_by_more_than_a_half(value: Decimal) -> None:
    assert abs(Fraction(money.round_half_up(value)) - Fraction(value)) <= Fraction(1, 2)
    assert money.round_half_up(-value) == -money.round_half_up(value)
