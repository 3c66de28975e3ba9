"""What a decision is given with, and who may give it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.engine.actor import Actor
from luoshi.foundation.grants import Verb
from luoshi.kernel import places

from .models import Waiver


class Deciding(forms.Form):
    answer = forms.CharField(label=_("审批意见"), max_length=300, required=False, help_text=_("不同意的须写明理由"))


def deciding_places(actor: Actor, row: Waiver) -> list[str]:
    """The places above the unit that owes where this actor manages waivers, highest first: a unit never lets itself off."""
    return [place for place in places.ancestors(row.place) if actor.may(Verb.MANAGE, "waiver", place)]


def may_decide(actor: Actor, row: Waiver) -> bool:
    return actor.system or bool(deciding_places(actor, row))
