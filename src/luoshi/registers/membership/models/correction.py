"""What a person asks to have corrected in their own file, and what became of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.people import Person
from luoshi.foundation.record import Record
from luoshi.foundation.sealed import SealedField

ASKED, ACCEPTED, REFUSED = "asked", "accepted", "refused"
MOVES = frozenset({(ASKED, ACCEPTED), (ASKED, REFUSED)})

PROBLEMS = {
    "other_unit": _("本人档案不在该单位，请选择保管档案的单位"),
    "no_reason": _("不予更正须写明原因"),
    "empty": _("请填写更正后的内容"),
}


class State(models.TextChoices):
    ASKED = ASKED, _("待核对")
    ACCEPTED = ACCEPTED, _("已更正")
    REFUSED = REFUSED, _("不予更正")


def item(name: str) -> str:
    """What a field of a file is called; the name itself where a later version of the product no longer has it."""
    found: Any = next((one for one in Person._meta.fields if one.name == name), None)
    return str(found.verbose_name) if found else name


class Correction(Record):
    """One field of one file that its owner says is wrong; `unit` keeps the file. Accepting it changes the file."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("姓名"))
    field = models.CharField(_("项目"), max_length=40)
    proposed = SealedField(_("更正后的内容"), length=120)
    reason = models.CharField(_("说明"), max_length=200, blank=True)
    asked_on = models.DateField(_("申请日期"))
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.ASKED, editable=False)
    answer = models.CharField(_("核对结果说明"), max_length=200, blank=True)
    answered_on = models.DateField(_("核对日期"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("更正申请")
        indexes = [models.Index(fields=["-asked_on", "-id"], name="correction_newest"),
                   models.Index(fields=["person", "state"], name="correction_of_person")]
        constraints = [
            models.UniqueConstraint(fields=["person", "field"], condition=Q(state=ASKED, withdrawn=False),
                                    name="one_open_correction",
                                    violation_error_message=_("这一项已有申请在核对，请等待结果")),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.label}"

    @property
    def label(self) -> str:
        """The name of the field in question."""
        return item(self.field)

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        if not str(self.proposed or "").strip():
            yield "proposed", PROBLEMS["empty"]
        if self.state == ASKED and self.person.unit_id != self.unit_id:
            yield "unit", PROBLEMS["other_unit"]
        if self.state == REFUSED and not self.answer.strip():
            yield "answer", PROBLEMS["no_reason"]
