"""Indicators as registers declare them."""

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from django.db.models import DecimalField, Q
from django.utils.translation import gettext_lazy as _

from ..audience import Audience
from ..conditions import condition_faults, path_faults
from ..duties import Duty, duties
from ..register import Register, register, registers


@dataclass(frozen=True, eq=False)
class Indicator:
    """A named number over the records of one register. Use the constructors below.

    kind: "C" records, "V" units (or persons) that did ÷ that should, "T" duty periods met in time ÷ fallen due,
    "A" the sum of a column (分 where `money`), "S" units (or records) in a state on the day. With `done` a "V" is the
    records that meet it ÷ all of the period, and a "T" those that meet it ÷ those whose day `on` has passed.
    `on` is the date that puts a record into a period; for "S" the first day of the state, `until` the first day after.
    `where` narrows the records by their own columns or over to-one relations. `people` is the path from a record to the
    person, and `posts` are the positions of those who should. `headline` puts it among the six numbers of a leader.
    """

    name: str
    label: Any
    kind: str
    register: str
    on: str
    _only: KW_ONLY
    where: Q = field(default_factory=Q)
    done: Q | None = None
    amount: str = ""
    until: str = ""
    should: Audience | None = None
    people: str = ""
    posts: tuple[str, ...] = ()
    duty: str = ""
    unit_word: Any = ""
    money: bool = False
    headline: bool = False

    @property
    def shared(self) -> bool:
        """Whether it has a bottom."""
        return self.kind in "VT" or self.should is not None

    @property
    def source(self) -> Register:
        """The register whose rows are counted, and whose right a reader needs."""
        return register(self.owes.register if self.duty else self.register)

    @property
    def owes(self) -> Duty:
        """The duty of an indicator that counts its periods."""
        return duties()[self.duty]

    @property
    def decimal(self) -> bool:
        """Whether the amount is a decimal column: on SQLite its sum cannot share a result column with counts."""
        owner: Any = self.source.model
        last: Any = None
        for part in self.amount.split("__") if self.amount else ():
            last = owner._meta.get_field(part)
            owner = last.related_model
        return isinstance(last, DecimalField)

    def faults(self) -> Iterator[str]:
        """What is wrong with the declaration, in words for its author."""
        if self.duty:
            if self.duty not in duties():
                yield f"there is no duty {self.duty!r}"
            return
        yield from condition_faults(self.register, self.on, self.where)
        if self.done is not None:
            yield from condition_faults(self.register, self.on, self.done)
        if self.name.count(".") != 1:
            yield f"the name {self.name!r} is not of the form register.what"
        model = next((one.model for one in registers() if one.name == self.register), None)
        for path in filter(None, (self.amount, self.people)) if model else ():
            yield from path_faults(model, path, many=True)
        if bool(self.people) != bool(self.posts):
            yield "people and posts go together"


def Count(name: str, label: Any, register: str, on: str, *, where: Q | None = None, unit_word: Any = _("次"),  # noqa: N802
          headline: bool = False) -> Indicator:
    """Records of a period."""
    return Indicator(name, label, "C", register, on, where=where or Q(), unit_word=unit_word, headline=headline)


def Coverage(name: str, label: Any, register: str, on: str, *, should: Audience, where: Q | None = None,  # noqa: N802
             people: str = "", posts: tuple[str, ...] = (), unit_word: Any = "", headline: bool = False) -> Indicator:
    """Units of an audience with a record in the period ÷ the audience; with `people` and `posts` the persons who hold a
    post there, each once in each unit."""
    word = unit_word or (_("人") if people else _("个支部"))
    return Indicator(name, label, "V", register, on, where=where or Q(), should=should, people=people, posts=posts,
                     unit_word=word, headline=headline)


def Portion(name: str, label: Any, register: str, on: str, *, done: Q, where: Q | None = None,  # noqa: N802
            unit_word: Any = _("项"), headline: bool = False) -> Indicator:
    """Records of a period that meet a condition ÷ all records of the period."""
    return Indicator(name, label, "V", register, on, where=where or Q(), done=done, unit_word=unit_word,
                     headline=headline)


def Timely(name: str, label: Any, register: str, due: str, *, done: Q, where: Q | None = None,  # noqa: N802
           unit_word: Any = _("项"), headline: bool = False) -> Indicator:
    """Records done in time ÷ those whose due day lies in the period and has passed; `done` says when one is in time."""
    return Indicator(name, label, "T", register, due, where=where or Q(), done=done, unit_word=unit_word,
                     headline=headline)


def OnTime(name: str, label: Any, duty: str, *, unit_word: Any = _("项"),  # noqa: N802
           headline: bool = False) -> Indicator:
    """Periods of a duty met in time ÷ those whose due day fell into the period and has passed."""
    return Indicator(name, label, "T", "", "", duty=duty, unit_word=unit_word, headline=headline)


def Amount(name: str, label: Any, register: str, on: str, amount: str, *, where: Q | None = None,  # noqa: N802
           unit_word: Any = None, headline: bool = False) -> Indicator:
    """The sum of a column over the records of a period; without a unit word the column is money in whole 分."""
    return Indicator(name, label, "A", register, on, where=where or Q(), amount=amount, money=unit_word is None,
                     unit_word=_("元") if unit_word is None else unit_word, headline=headline)


def State(name: str, label: Any, register: str, on: str, *, until: str = "", where: Q | None = None,  # noqa: N802
          should: Audience | None = None, unit_word: Any = _("个支部"), headline: bool = False) -> Indicator:
    """Units of an audience with a record in force on the day ÷ the audience; without an audience the records."""
    return Indicator(name, label, "S", register, on, where=where or Q(), until=until, should=should,
                     unit_word=unit_word, headline=headline)


def indicators() -> dict[str, Indicator]:
    """All indicators, by name, in the order of the registers that declare them."""
    return {one.name: one for each in registers() for one in each.indicators}
