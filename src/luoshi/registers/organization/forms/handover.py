"""Who hands a unit over to whom, and when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.engine.actor import Actor
from luoshi.engine.forms import PickField
from luoshi.foundation.people import MEMBER_POSTS, Person, Position, Post, held
from luoshi.foundation.units import Unit

from ..models.changes import PROBLEMS
from . import DAY


class Handing(forms.Form):
    on = forms.DateField(label=_("交接日期"), widget=DAY, error_messages={"required": _("请填写交接日期")})
    note = forms.CharField(label=_("交接说明"), widget=forms.Textarea, required=False,
                           help_text=_("印章、经费、资料等另附清单的，在这里写明"))

    def __init__(self, data: Any, *, unit: Unit, actor: Actor) -> None:
        super().__init__(data, initial={"on": actor.today})
        self.actor = actor
        self.giver = secretary(unit, actor)
        members = Position.objects.filter(held(actor.today), unit=unit, post__in=MEMBER_POSTS).values("person")
        self.fields["taker"] = PickField(
            queryset=Person.objects.filter(pk__in=members, withdrawn=False).order_by("strokes"), kind="person",
            code="number", label=_("接收人"))
        self.order_fields(["taker", "on", "note"])

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = self.cleaned_data
        if kept.get("on") and kept["on"] > self.actor.today:
            self.add_error("on", PROBLEMS["later_than_today"])
        if self.giver and kept.get("on") and kept["on"] <= self.giver.since:
            self.add_error("on", _("交接日期应晚于现任书记的任职日期，请核对"))
        if self.giver and kept.get("taker") and kept["taker"].pk == self.giver.person_id:
            self.add_error("taker", PROBLEMS["same_person"])
        return kept


def secretary(unit: Unit, actor: Actor) -> Position | None:
    """The post of whoever is secretary of a unit today."""
    rows = Position.objects.filter(held(actor.today), unit=unit, post=Post.SECRETARY).select_related("person")
    return rows.order_by("-since").first()
