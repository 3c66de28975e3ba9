"""Chinese numerals of headings, held against cn2an and against GB/T 9704-2012."""

import cn2an
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.kernel import numbers


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (0, "零"), (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九"), (100, "一百"),
        (101, "一百零一"), (110, "一百一十"), (111, "一百一十一"), (1000, "一千"), (1001, "一千零一"),
        (1010, "一千零一十"),
        (2026, "二千零二十六"), (10_000, "一万"), (10_001, "一万零一"), (12_000, "一万二千"), (100_000, "十万"),
        (100_100, "十万零一百"), (10_001_000, "一千万一千"),
        (99_999_999, "九千九百九十九万九千九百九十九"),
    ],
)
def test_chinese(n: int, text: str) -> None:
    assert numbers.chinese(n) == text


@settings(deadline=None)
@given(st.integers(0, 9999))
def test_chinese_reads_back(n: int) -> None:
    assert cn2an.cn2an(numbers.chinese(n), "normal") == n


@pytest.mark.parametrize("n", [-1, 100_000_000])
def test_chinese_ends_somewhere(n: int) -> None:
    with pytest.raises(ValueError, match="序号应在"):
        numbers.chinese(n)


@pytest.mark.parametrize(
    ("level", "n", "text"), [(1, 3, "三、"), (2, 12, "（十二）"), (3, 4, "4."), (4, 5, "（5）")]
)
def test_headings_of_official_documents(level: int, n: int, text: str) -> None:
    assert numbers.heading(level, n) == text


@pytest.mark.parametrize("level", [0, 5])
def test_headings_have_four_levels(level: int) -> None:
    with pytest.raises(ValueError, match="只有四级"):
        numbers.heading(level, 1)
