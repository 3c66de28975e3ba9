"""How the seats of a hall are shared out among units by their members: whole seats, none left over, none invented."""

from collections.abc import Iterator, Mapping
from datetime import date


def distribute(*, seats: int, weights: Mapping[int, int]) -> dict[int, int]:
    """{unit: seats}, by members, the largest remainders first; of equal ones the unit that comes first.

    Nobody gets more seats than members; what no unit can use stays free. Raises ValueError for a negative number.
    """
    if seats < 0 or any(weight < 0 for weight in weights.values()):
        raise ValueError("席位和人数不能是负数")
    whole = sum(weights.values())
    seats = min(seats, whole)
    if not whole:
        return dict.fromkeys(weights, 0)
    found = {unit: seats * weight // whole for unit, weight in weights.items()}
    rest = sorted(weights, key=lambda unit: -(seats * weights[unit] % whole))  # stable: the first of equals stays first
    for unit in rest[: seats - sum(found.values())]:
        found[unit] += 1
    return found


def problems(*, held_on: date, seats: int, present: int | None, listed: int | None, today: date | None = None
             ) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason the seats and heads of a unit cannot be kept; `listed` counts the names given."""
    if present is None:
        return
    if today is not None and held_on > today:
        yield "present", "counted_before"
    if listed is not None and listed > present:
        yield "present", "more_names_than_heads"
