"""Register: the declaration of one kind of record, and the list of all of them.

An author writes a subclass that reads like a table of contents; the engine derives list, filter, search, detail, form,
history, import, export, API, trail, indicators, duties and documents from it. Options end at twenty on purpose.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Q, QuerySet
from django.utils.text import capfirst

from luoshi.foundation.grants import Verb
from luoshi.foundation.kept import Kept
from luoshi.foundation.places import within

from .actor import Actor

if TYPE_CHECKING:
    from .duties import Duty
    from .indicators import Indicator
    from .papers import Document

_registers: dict[str, "Register"] = {}


class Register:
    """One kind of record. `name` and `model` are obligatory; all else has a default.

    A column is a field, a path over a relation ("unit__kind"), or a method of the declaration whose parameters name
    the fields it needs: `def attendance(self, present, expected) -> str`.
    """

    name: ClassVar[str] = ""
    model: ClassVar[type[Kept]]
    entry: ClassVar[str] = ""  # which of the seven entries it stands under: plan, organisation, activities …
    line: ClassVar[str] = ""  # line of work, a tag
    columns: ClassVar[Sequence[str]] = ()
    filters: ClassVar[Sequence[str]] = ()
    form: ClassVar[Sequence[str]] = ()
    lines: ClassVar[Mapping[str, Sequence[str]]] = {}  # parts of a record: reverse name of a foreign key → fields
    key: ClassVar[Sequence[str]] = ()  # names a record in a file: found again it is changed, else a new one is made
    search: ClassVar[Sequence[str]] = ()
    order: ClassVar[Sequence[str]] = ("place", "id")
    sensitive: ClassVar[bool] = False  # opened only by a grant on this very unit; who read it is kept
    announces: ClassVar[Sequence[str]] = ()  # events: the first for a new row, "<name>.changed" style for others
    moves: ClassVar[Any] = None  # kernel.moves.Moves over the field `state`
    indicators: ClassVar[Sequence["Indicator"]] = ()
    duties: ClassVar[Sequence["Duty"]] = ()
    documents: ClassVar[Sequence["Document"]] = ()
    start: ClassVar[str] = ""  # route of a page of its own for a new record, where the derived form asks too much
    # Label → route of a page of its own, or (route, verb), shown on the detail page to those who may do it.
    actions: ClassVar[Mapping[Any, str | tuple[str, Verb]]] = {}
    sample: ClassVar[Mapping[str, Any]] = {}  # values for a valid row where the field types alone do not give one

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.name:
            _registers[cls.name] = cls()

    @property
    def label(self) -> str:
        return str(capfirst(self.model._meta.verbose_name))

    def base(self) -> QuerySet[Any]:
        """All rows that this register is about; narrow it where two registers share a table."""
        return self.model._default_manager.filter(withdrawn=False)

    def rows(self, actor: Actor, verb: Verb = Verb.SEE) -> QuerySet[Any]:
        """The one reading door: the rows this actor may <verb>. Foreign rows do not exist for them (404)."""
        return self.base().filter(self.reach(actor, verb))

    def gone(self, actor: Actor) -> QuerySet[Any]:
        """The withdrawn rows of what this actor manages."""
        return self.model._default_manager.filter(Register.reach(self, actor, Verb.MANAGE), withdrawn=True)

    def reach(self, actor: Actor, verb: Verb) -> Q:
        if actor.system:
            return Q()
        if not self.lined:
            return self._within(actor.places(verb, self.name, sensitive=self.sensitive, line=self.line or None))
        found = self._within(actor.places(verb, self.name, sensitive=self.sensitive, line=""))
        for line in sorted({right.line for right in actor.rights if right.line}):
            own = actor.places(verb, self.name, sensitive=self.sensitive, line=line)
            found |= self._within(own) & Q(line=line)
        return found

    def _within(self, covered: tuple[str, ...]) -> Q:
        return Q(place__in=covered) if self.sensitive else within(covered)

    @cached_property
    def lined(self) -> bool:
        """Whether each record carries its own line of work; else `line` of the declaration stands for all."""
        return any(field.name == "line" for field in self.model._meta.fields)

    def line_of(self, row: Any) -> str | None:
        """The line of work a grant must cover for this row; None where any grant does."""
        return row.line if self.lined else self.line or None

    def may(self, actor: Actor, verb: Verb, place: str | None = None) -> bool:
        return actor.may(verb, self.name, place, sensitive=self.sensitive, line=self.line or None)

    def require(self, actor: Actor, verb: Verb, place: str | None = None, *, line: str | None = None) -> None:
        wanted = line if line is not None else self.line or None
        actor.require(verb, self.name, place, sensitive=self.sensitive, line=wanted)

    def may_row(self, actor: Actor, verb: Verb, row: Any) -> bool:
        """May they do it to this row, where it stands and in its line of work?"""
        return actor.may(verb, self.name, row.place, sensitive=self.sensitive, line=self.line_of(row))

    def require_row(self, actor: Actor, verb: Verb, row: Any) -> None:
        """Raise PermissionDenied where `may_row` says no."""
        self.require(actor, verb, row.place, line=self.line_of(row))


def register(name: str) -> Register:
    """The register of that name; KeyError where there is none."""
    return _registers[name]


def registers() -> list[Register]:
    """All registers, in the order of their folders in the settings."""
    return list(_registers.values())
