"""Shares that add up as (top, bottom) pairs and are divided last, so that no mean of percentages can arise."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from luoshi.kernel.money import round_half_up

NONE = "—"  # what stands where nothing can be divided


@dataclass(frozen=True, slots=True)
class Share:
    """A part and the whole it is measured against; a bottom of None marks a plain count or amount.

    Top and bottom are in the same unit (people, records, 分, hours); negative values are not checked.
    """

    top: int | Decimal
    bottom: int | Decimal | None = None

    def __add__(self, other: "Share") -> "Share":
        """Raises ValueError when a plain count meets a share, because the sum would belong to no whole."""
        if (self.bottom is None) != (other.bottom is None):
            raise ValueError("计数与比率不能相加")
        if self.bottom is None or other.bottom is None:
            return Share(_plus(self.top, other.top))
        return Share(_plus(self.top, other.top), _plus(self.bottom, other.bottom))

    @property
    def ratio(self) -> Fraction | None:
        """Top over bottom, exact; None for a plain count and where the whole is nothing."""
        if not self.bottom:
            return None
        return Fraction(self.top) / Fraction(self.bottom)

    def percent_text(self, digits: int = 1) -> str:
        """ "93.8%", rounded half up to so many digits after the point; "—" where nothing can be divided."""
        if self.ratio is None:
            return NONE
        scaled = round_half_up(self.ratio * 100 * 10**digits)
        sign, scaled = ("-", -scaled) if scaled < 0 else ("", scaled)
        whole, rest = divmod(scaled, 10**digits)
        return f"{sign}{whole}.{rest:0{digits}d}%" if digits else f"{sign}{whole}%"


def sum_shares(shares: Iterable[Share]) -> Share:
    """The sum of tops over the sum of bottoms; Share(0) when there are none."""
    total: Share | None = None
    for share in shares:
        total = share if total is None else total + share
    return total or Share(0)


def _plus(left: int | Decimal, right: int | Decimal) -> int | Decimal:
    return left + right
