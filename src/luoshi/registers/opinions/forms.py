"""What a sender writes, and what those who answer fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.engine.actor import Actor
from luoshi.engine.forms import PickField
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Person
from luoshi.foundation.places import within

from .models import PROBLEMS, Topic


class Sending(forms.Form):
    topic = forms.ChoiceField(label=_("类别"), choices=Topic.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("内容"), max_length=1000, widget=forms.Textarea,
                           help_text=_("写明遇到的问题或建议，以及操作步骤"),
                           error_messages={"required": PROBLEMS["empty"]})
    page = forms.CharField(label=_("所在页面"), max_length=200, required=False)


class Assigning(forms.Form):
    def __init__(self, data: Any, *, actor: Actor) -> None:
        super().__init__(data)
        reach = within(actor.places(Verb.SEE, "person"))
        self.fields["handler"] = PickField(queryset=Person.objects.filter(reach, withdrawn=False).order_by("strokes"),
                                           kind="person", code="number", label=_("经办人"))


class Answering(forms.Form):
    answer = forms.CharField(label=_("答复"), max_length=2000, widget=forms.Textarea,
                             help_text=_("说明怎样处理；不采纳的写明原因"),
                             error_messages={"required": PROBLEMS["no_answer"]})
