"""Shares: added as pairs, divided last."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.kernel.shares import Share, sum_shares

shares = st.builds(lambda top, more: Share(top, top + more), st.integers(0, 10**6), st.integers(0, 10**6))


def test_a_small_branch_does_not_weigh_as_much_as_a_large_one() -> None:
    total = sum_shares([Share(1, 1), Share(0, 99)])
    assert total.ratio == Fraction(1, 100)
    assert total.percent_text() == "1.0%"


@given(st.lists(shares))
def test_the_sum_is_tops_over_bottoms_in_any_order(parts: list[Share]) -> None:
    total = sum_shares(parts)
    assert total == sum_shares(reversed(parts))
    assert total.top == sum(part.top for part in parts)
    if parts:
        assert total.bottom == sum(part.bottom or 0 for part in parts)


@given(st.lists(shares, min_size=1))
def test_parts_of_a_whole_stay_a_share(parts: list[Share]) -> None:
    ratio = sum_shares(parts).ratio
    assert ratio is None or 0 <= ratio <= 1


@given(st.lists(shares, min_size=1), st.lists(shares, min_size=1))
def test_a_sum_of_sums_is_the_sum(left: list[Share], right: list[Share]) -> None:
    assert sum_shares(left) + sum_shares(right) == sum_shares(left + right)


@pytest.mark.parametrize(
    ("share", "digits", "text"),
    [
        (Share(2, 3), 1, "66.7%"),
        (Share(1, 3), 1, "33.3%"),
        (Share(1, 8), 1, "12.5%"),
        (Share(1, 8), 0, "13%"),
        (Share(5, 5), 1, "100.0%"),
        (Share(1, 1), 1, "100.0%"),
        (Share(0, 5), 1, "0.0%"),
        (Share(1, 2000), 1, "0.1%"),
        (Share(-1, 3), 1, "-33.3%"),
        (Share(Decimal("12.50"), Decimal("100.00")), 2, "12.50%"),
        (Share(5, 0), 1, "—"),
        (Share(5), 1, "—"),
    ],
)
def test_percent_text(share: Share, digits: int, text: str) -> None:
    assert share.percent_text(digits) == text


def test_a_count_has_no_ratio_and_adds_up_with_counts_only() -> None:
    assert sum_shares([Share(3), Share(4)]) == Share(7)
    assert Share(7).ratio is None
    with pytest.raises(ValueError, match="不能相加"):
        Share(3) + Share(1, 2)


def test_nothing_adds_up_to_nothing() -> None:
    assert sum_shares([]) == Share(0)
