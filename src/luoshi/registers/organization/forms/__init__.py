"""What moving and closing a unit ask for beyond the unit itself."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.engine.actor import Actor
from luoshi.engine.forms import PickField
from luoshi.foundation.grants import Verb
from luoshi.foundation.places import within
from luoshi.foundation.units import Placement, Unit
from luoshi.kernel import places

from .. import rules
from ..models import PROBLEMS

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Step(forms.Form):
    """A change of a unit that takes effect on a day by a document."""

    on = forms.DateField(label=_("生效日期"), widget=DAY, error_messages={"required": _("请填写生效日期")})
    document = forms.CharField(label=_("批准文号"), max_length=120, help_text=_("没有文号的填写会议决定的名称"),
                               error_messages={"required": _("请填写批准文号或会议决定的名称")})

    def __init__(self, data: Any, *, unit: Unit, actor: Actor) -> None:
        super().__init__(data, initial={"on": actor.today})
        self.unit, self.actor = unit, actor

    def take(self, found: Any) -> None:
        for field, code in found:
            self.add_error(field, PROBLEMS[code])


class Closing(Step):
    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = self.cleaned_data
        if isinstance(kept.get("on"), date):
            self.take(rules.close_problems(
                on=kept["on"], since=standing_since(self.unit), today=self.actor.today, below=living_below(self.unit),
                document=kept.get("document") or "-"))
        return kept


class Moving(Step):
    """The new parent is one under which this actor may manage units too: a unit cannot be pushed out of a grant."""

    field_order = ("parent", "on", "document")

    def __init__(self, data: Any, *, unit: Unit, actor: Actor) -> None:
        super().__init__(data, unit=unit, actor=actor)
        reach = within(actor.places(Verb.MANAGE, "unit"))
        self.fields["parent"] = PickField(
            queryset=Unit.objects.filter(reach, withdrawn=False, until__isnull=True).order_by("place"), kind="unit",
            code="code", label=_("新的上级"))
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = self.cleaned_data
        parent = kept.get("parent")
        if parent and isinstance(kept.get("on"), date):
            self.take(rules.move_problems(
                on=kept["on"], since=standing_since(self.unit), today=self.actor.today,
                inside=places.below(parent.place, self.unit.place), same=parent.pk == self.unit.parent_id,
                systems_differ=parent.system != self.unit.system, document=kept.get("document") or "-"))
        return kept


def standing_since(unit: Unit) -> date:
    """Since when a unit has stood where it stands."""
    found = Placement.objects.filter(unit=unit, until__isnull=True).values_list("since", flat=True).first()
    return found or unit.since


def living_below(unit: Unit) -> int:
    """How many units stand right under a unit."""
    return Unit.objects.filter(parent=unit, withdrawn=False, until__isnull=True).count()
