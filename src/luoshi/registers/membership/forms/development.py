"""The small form of each step: only its own facts, filled with what the records already say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.engine.actor import Actor
from luoshi.engine.forms import PickField, choosable, form_class
from luoshi.engine.register import Register, register
from luoshi.foundation.people import Position, Post, held
from luoshi.foundation.units import Unit

from ..models.development import Case, Review
from ..models.development_fields import KINDS
from ..models.development_notice import Notice, Objection
from ..models.development_words import ASKED, DATES, NEEDS

OBLIGATORY = NEEDS | {
    "sponsors": ("sponsor_first", "sponsor_second"), "meeting": ("admit_entitled", "admit_present", "admit_yes"),
    "convert": ("convert_entitled", "convert_present", "convert_yes"),
}


def asker(name: str, model: Any, fields: tuple[str, ...]) -> Register:
    """A register of some fields of a record, under the name whose rights count; it is not entered in the list."""
    part = type("Asked", (Register,), {"model": model, "form": fields})()
    part.name = name  # type: ignore[misc]
    return part


def step_register(code: str) -> Register:
    return asker("development", Case, (DATES[code], *ASKED.get(code, ())))


def step_form(case: Case, code: str, actor: Actor, data: Any = None) -> Any:
    """The form of a step. An empty date takes a step back that was done; a first one is asked for."""
    name = DATES[code]
    done = getattr(case, name) is not None
    made = form_class(step_register(code), actor)(data, instance=case, initial={} if done else start(case, code, actor))
    if not done:
        made.fields[name].required = True
        made.fields[name].error_messages["required"] = _("请填写%(name)s") % {"name": made.fields[name].label}
    elif code != "apply":
        made.fields[name].help_text = _("清空日期即撤销这一步")
    for field in OBLIGATORY.get(code, ()):
        made.fields[field].required = True
        made.fields[field].error_messages["required"] = _("请填写%(name)s") % {"name": made.fields[field].label}
    for one in made.fields.values():
        if one.label and "（转正）" in str(one.label):
            one.label = str(one.label).replace("（转正）", "")
    return made


def start(case: Case, code: str, actor: Actor) -> dict[str, Any]:
    """What a step's form is filled with: today, the contact persons as sponsors, how many are entitled to vote."""
    found: dict[str, Any] = {DATES[code]: actor.today}
    if code == "sponsors":
        found |= {"sponsor_first": case.contact_first, "sponsor_second": case.contact_second}
    if code in ("meeting", "convert"):
        full = Position.objects.filter(held(actor.today), unit=case.unit, post=Post.MEMBER)
        found["admit_entitled" if code == "meeting" else "convert_entitled"] = full.values("person").distinct().count()
    if code == "political":
        found["political_body"] = case.unit.name
    return found


class Reason(forms.Form):
    """The written reason that sets a rule aside that says "generally"."""

    reason = forms.CharField(label=_("例外办理的理由"), max_length=200, widget=forms.Textarea, help_text=_(
        "规定为“一般”的要求，可由有管理权限的人员填写理由后办理；理由保存在变更记录中"))


def review_form(row: Review, actor: Actor, data: Any = None) -> Any:
    made = form_class(asker("development_review", Review, ("held_on", "reviewer", "report_on")), actor)(
        data, instance=row, initial={} if row.held_on else {"held_on": actor.today, "reviewer": row.case.contact_first})
    made.fields["held_on"].required = True
    made.fields["held_on"].error_messages["required"] = _("请填写考察日期")
    return made


def posting_form(row: Notice, actor: Actor, data: Any = None) -> Any:
    return form_class(asker("development_notice", Notice, ("posted_on", "days", "where", "contact")), actor)(
        data, instance=row, initial={"posted_on": actor.today})


def closing_form(row: Notice, actor: Actor, data: Any = None) -> Any:
    return form_class(asker("development_notice", Notice, ("closed_on", "result")), actor)(
        data, instance=row, initial={} if row.closed_on else {"closed_on": max(actor.today, row.ends_on)})


class Received(forms.ModelForm[Objection]):
    """One thing received during a notice; a number says which one is changed."""

    class Meta:
        model = Objection
        fields = ("received_on", "channel", "handled_on", "outcome")
        widgets = {name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("received_on", "handled_on")}


class Upload(forms.Form):
    """An office's own Word form for a kind of paper."""

    kind = forms.ChoiceField(label=_("文书"), choices=lambda: [("", "")] + [(one.code, one.title) for one in KINDS.values()],
                             error_messages={"required": _("请选择文书")})
    file = forms.FileField(label=_("模板文件"), help_text=_("Word 文档（docx），不超过 5 MB"),
                           error_messages={"required": _("请选择 Word 文档")})

    def __init__(self, data: Any = None, files: Any = None, *, actor: Actor) -> None:
        super().__init__(data, files, initial={"unit": actor.account.home if actor.account else None})
        self.fields["unit"] = PickField(
            queryset=choosable(Unit, register("paper_template"), actor, "unit"), kind="unit", code="code", label=_("适用单位"),
            help_text=_("模板供本单位和下级单位使用"))
        self.order_fields(("unit", "kind", "file"))
