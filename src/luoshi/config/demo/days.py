"""Working days of the year of records, by month, and how a day is drawn from them."""

from datetime import date, timedelta
from random import Random

from luoshi.kernel import periods
from luoshi.kernel.periods import Period
from luoshi.kernel.workdays import is_workday


class Year:
    """The 365 days that end today. Work that falls before them or after today has not been recorded."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.start = today - timedelta(days=364)
        whole = Period(periods.quarter(self.start).start, periods.quarter(today).end)
        days = [whole.start + timedelta(days=n) for n in range(whole.days)]
        self._worked = {m.key: [d for d in days if m.contains(d) and is_workday(d)]
                        for m in periods.split(whole, "month")}
        self.months = [m for m in periods.split(whole, "month") if m.start <= today and m.end > self.start]
        self.quarters = [q for q in periods.split(whole, "quarter") if q.start <= today and q.end > self.start]

    def inside(self, day: date) -> bool:
        return self.start <= day <= self.today

    def day(self, roll: Random, month: Period, first: float, last: float) -> date:
        """A working day of a month between two parts of it: 0.0 is its first, 1.0 its last."""
        worked = self._worked[month.key]
        low, high = int(first * (len(worked) - 1)), int(last * (len(worked) - 1))
        return worked[roll.randint(low, high)]

    def day_in(self, roll: Random, quarter: Period) -> date:
        """A working day of a quarter, seldom in its first two weeks."""
        month = roll.choices(periods.split(quarter, "month"), weights=(2, 5, 6))[0]
        return self.day(roll, month, 0.0 if month.start != quarter.start else 0.5, 1.0)
