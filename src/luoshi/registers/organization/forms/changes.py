"""What merging and splitting a unit ask for: the other units, the new names, and who goes where."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.engine.actor import Actor
from luoshi.engine.forms import PickField
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Position, Post, held
from luoshi.foundation.places import within
from luoshi.foundation.units import Unit

from ..models.changes import PROBLEMS
from ..rules import changes as rules
from . import DAY, standing_since

OTHERS = 4  # units that can be joined to one at once
NEW = 3  # units one can be divided into
MEMBERSHIP = (Post.MEMBER, Post.PROBATIONARY, Post.UNION_MEMBER, Post.LEAGUE_MEMBER)


class Changing(forms.Form):
    on = forms.DateField(label=gettext_lazy("生效日期"), widget=DAY,
                         error_messages={"required": gettext_lazy("请填写生效日期")})
    document = forms.CharField(label=gettext_lazy("批准文号"), max_length=120,
                               help_text=gettext_lazy("没有文号的填写会议决定的名称"),
                               error_messages={"required": PROBLEMS["no_document"]})

    def __init__(self, data: Any, *, unit: Unit, actor: Actor) -> None:
        super().__init__(data, initial={"on": actor.today})
        self.unit, self.actor = unit, actor

    def take(self, found: Any) -> None:
        for field, code in found:
            self.add_error(field if field in self.fields else None, PROBLEMS[code])


class Merging(Changing):
    """The other units, and the name of a new one where none of them goes on."""

    def __init__(self, data: Any, *, unit: Unit, actor: Actor) -> None:
        super().__init__(data, unit=unit, actor=actor)
        reach = within(actor.places(Verb.MANAGE, "unit"))
        rows = Unit.objects.filter(reach, withdrawn=False, until__isnull=True).exclude(pk=unit.pk).order_by("place")
        for n in range(1, OTHERS + 1):
            self.fields[f"other{n}"] = PickField(queryset=rows, kind="unit", code="code", required=False,
                                                 label=_("并入的组织 %(n)d") % {"n": n})
        self.fields["name"] = forms.CharField(label=_("合并后新设组织的名称"), max_length=120, required=False,
                                              help_text=_("留空时并入本组织，本组织继续存在；填写时新设一个组织，原组织全部撤销"))
        self.order_fields([*(f"other{n}" for n in range(1, OTHERS + 1)), "name", "on", "document"])

    def others(self) -> list[Unit]:
        found = [self.cleaned_data.get(f"other{n}") for n in range(1, OTHERS + 1)]
        return list({one.pk: one for one in found if one}.values())

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = self.cleaned_data
        if kept.get("on"):
            everyone = [self.unit, *self.others()]
            self.take(rules.merge_problems(
                on=kept["on"], today=self.actor.today, since=[standing_since(one) for one in everyone],
                systems=len({one.system for one in everyone}), bodies=len({one.body for one in everyone}),
                others=len(everyone) - 1, newest=newest(everyone), document=kept.get("document") or "-"))
        return kept


class Splitting(Changing):
    """Up to three new units, and for each member where they go: 0 stays."""

    closes = forms.BooleanField(label=gettext_lazy("撤销原组织"), required=False)

    def __init__(self, data: Any, *, unit: Unit, actor: Actor) -> None:
        super().__init__(data, unit=unit, actor=actor)
        for n in range(1, NEW + 1):
            self.fields[f"name{n}"] = forms.CharField(label=_("新组织 %(n)d 的名称") % {"n": n}, max_length=120,
                                                      required=False)
        self.order_fields([*(f"name{n}" for n in range(1, NEW + 1)), "on", "document", "closes"])
        self.people = members(unit, actor.today)

    def names(self) -> list[str]:
        """The names given, in their order; a gap between them is closed."""
        found = [(self.data.get(f"name{n}") or "").strip() for n in range(1, NEW + 1)]
        return [name for name in found if name]

    def goes(self, position: Position) -> int:
        """0 where somebody stays, else the number of the new unit."""
        text = self.data.get(f"to-{position.person_id}", "0")
        return int(text) if text.isdecimal() and int(text) <= len(self.names()) else 0

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = self.cleaned_data
        if kept.get("on"):
            where = [self.goes(one) for one in self.people]
            self.take(rules.split_problems(
                on=kept["on"], today=self.actor.today, since=standing_since(self.unit), newest=newest([self.unit]),
                names=self.names(), sizes=[where.count(n) for n in range(1, len(self.names()) + 1)],
                left=where.count(0), closes=kept.get("closes", False), document=kept.get("document") or "-"))
        return kept


def members(unit: Unit, day: Any) -> list[Position]:
    """The memberships of a unit on a day, one for each person, by surname strokes."""
    rows = Position.objects.filter(held(day), unit=unit, post__in=MEMBERSHIP).select_related("person")
    return list(rows.order_by("person__strokes", "person_id"))


def newest(units: list[Unit]) -> Any:
    """The day on which the latest of the posts in these units began; None where there is none."""
    rows = Position.objects.filter(unit__in=units, withdrawn=False, until__isnull=True).order_by("-since")
    return rows.values_list("since", flat=True).first()


