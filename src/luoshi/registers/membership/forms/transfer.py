"""The small forms of transfers and members away: one for each kind and each step, filled with what is known."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.engine.actor import Actor
from luoshi.engine.documents.numbers import doc_no
from luoshi.engine.forms import form_class
from luoshi.foundation.people import Position, held
from luoshi.foundation.units import Unit
from luoshi.kernel import periods

from ..models.away import Contact, Decided, Decision
from ..models.development import higher_place
from ..models.transfer import Kind, Transfer
from .development import asker

FIELDS = {
    Kind.OUT: ("unit", "person", "outside", "cause", "drafted_on"),
    Kind.WITHIN: ("unit", "person", "receiver", "cause", "drafted_on"),
    Kind.IN: ("unit", "outside", "person", "newcomer", "newcomer_number", "joined", "post", "cause", "letter_no", "issued_on",
              "valid_days", "drafted_on"),
}
AGAIN = {Kind.OUT: ("outside", "cause"), Kind.WITHIN: ("receiver", "cause"),
         Kind.IN: ("letter_no", "issued_on", "valid_days")}
STEPS = {"issue": ("letter_no", "issued_on", "valid_days"), "accept": ("presented_on", "accepted_on"),
         "refuse": ("refused_on", "refusal"), "receipt": ("receipt_on",)}
NEEDED = {"outside", "person", "receiver", "letter_no", "issued_on", "presented_on", "accepted_on", "refused_on", "refusal",
          "receipt_on"}
CODE = "组转"  # of the numbers proposed for letters; an office may type its own


def new_form(row: Transfer, actor: Actor, data: Any = None, start: dict[str, Any] | None = None) -> Any:
    """The form of a new transfer of the row's kind."""
    made = form_class(asker("transfer", Transfer, FIELDS[Kind(row.kind)]), actor)(
        data, instance=row, initial={"drafted_on": actor.today, **(start or {})})
    optional = {"person"} if row.kind == Kind.IN else set()
    if row.kind == Kind.IN:
        made.fields["person"].help_text = _("曾在本部登记过的在此选择；新人员不选，填写下面三项")
        made.fields["drafted_on"].label = _("收到日期")
    return _needed(made, NEEDED - optional)


def step_form(row: Transfer, code: str, actor: Actor, data: Any = None, *, case: bool = False) -> Any:
    """The form of a step; `case` asks whether the papers of a development case have come along."""
    names = AGAIN[Kind(row.kind)] if code == "again" else STEPS[code]
    if code == "accept" and case:
        names = (*names, "case_taken")
    made = form_class(asker("transfer", Transfer, names), actor)(data, instance=row, initial=_start(row, code, actor))
    return _needed(made, NEEDED)


def _needed(form: Any, names: set[str]) -> Any:
    for name in names & set(form.fields):
        form.fields[name].required = True
        form.fields[name].error_messages["required"] = _("请填写%(name)s") % {"name": form.fields[name].label}
    return form


def _start(row: Transfer, code: str, actor: Actor) -> dict[str, Any]:
    match code:
        case "issue":
            return {"letter_no": next_number(row.unit, actor), "issued_on": actor.today, "valid_days": row.valid_days}
        case "accept":
            return {"presented_on": actor.today, "accepted_on": actor.today}
        case "refuse":
            return {"refused_on": actor.today, "refusal": ""}
        case "receipt":
            return {"receipt_on": actor.today}
    return {}


def next_number(unit: Unit, actor: Actor) -> str:
    """The number after the highest of this year's letters of the committee above a branch."""
    year = periods.year(actor.today)
    taken = Transfer.objects.filter(issuer__place=higher_place(unit), issued_on__gte=year.start, issued_on__lt=year.end,
                                    letter_no__startswith=f"{CODE}〔").values_list("letter_no", flat=True)
    found = [int(tail) for one in taken if (tail := one.rpartition("〕")[2].removesuffix("号")).isdecimal()]
    return doc_no(CODE, actor.today.year, max(found, default=0) + 1)


def other_posts(row: Transfer, actor: Actor) -> list[str]:
    """Posts that the member holds in the branch besides the membership: they are given up by other pages."""
    if row.person_id is None or row.kind == Kind.IN:
        return []
    found = Position.objects.filter(held(actor.today), person=row.person_id, unit=row.unit_id)
    return [str(one.get_post_display()) for one in found if one.post not in ("member", "probationary")]


class ContactForm(forms.ModelForm[Contact]):
    """A contact: day and means."""

    class Meta:
        model = Contact
        fields = ("held_on", "means")
        widgets = {"held_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        error_messages = {"held_on": {"required": _("请填写联系日期")}}


class DecisionForm(forms.ModelForm[Decision]):
    """A decision of the organisation: which, on what day, by which document."""

    decision = forms.ChoiceField(label=_("决定"), choices=lambda: [("", ""), *Decided.choices],
                                 error_messages={"required": _("请选择决定的内容")})

    class Meta:
        model = Decision
        fields = ("decision", "decided_on", "paper")
        widgets = {"decided_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        error_messages = {"decided_on": {"required": _("请填写决定日期")}, "paper": {"required": _("请填写决定的文号")}}
