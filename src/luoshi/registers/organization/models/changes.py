"""What became of units: merged, split, moved, closed, each by a document; and secretaries who handed over."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.people import Person
from luoshi.foundation.record import Record
from luoshi.foundation.units import Unit

PROBLEMS = {
    "later_than_today": _("日期不能晚于今天，请改为实际日期"),
    "nothing_to_merge": _("请选择至少一个要并入的组织"),
    "other_system": _("所选组织属于另一个系统，请在同一系统中选择"),
    "other_body": _("所选组织的类型不同，请选择同类组织"),
    "change_day": _("生效日期应在上次调整之后、今天之前（含今天），请核对"),
    "posts_after": _("有人在该日或之后才任职，请改用之后的日期"),
    "no_document": _("请填写批准文号或会议决定的名称"),
    "no_new_unit": _("请填写至少一个新组织的名称"),
    "same_names": _("新组织的名称不能相同，请修改"),
    "empty_unit": _("每个新组织至少要有一名党员，请分配人员"),
    "somebody_left": _("原组织撤销时，每个人都要分到新组织"),
    "nobody_left": _("原组织已没有人，请勾选“撤销原组织”，或留下人员"),
    "same_person": _("交出人和接收人不能是同一人"),
}


class Change(models.TextChoices):
    MERGE = "merge", _("合并")
    SPLIT = "split", _("拆分")
    MOVE = "move", _("调整隶属")
    CLOSE = "close", _("撤销")


class UnitChange(Record):
    """A change of units that took effect on a day by a document; `unit` is the one it was decided about."""

    kind = models.CharField(_("变动"), max_length=8, choices=Change)
    on = models.DateField(_("生效日期"))
    document = models.CharField(_("批准文号"), max_length=120)
    note = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("组织沿革")
        indexes = [models.Index(fields=["-on", "-id"], name="unit_change_newest")]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()} {self.unit}"

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        if today is not None and self.on > today:
            yield "on", PROBLEMS["later_than_today"]
        if not self.document.strip():
            yield "document", PROBLEMS["no_document"]


class Role(models.TextChoices):
    BEFORE = "before", _("变动前")
    AFTER = "after", _("变动后")


class Side(models.Model):
    """A unit that stood before or after a change, and how many members it had then."""

    change = models.ForeignKey(UnitChange, models.CASCADE, related_name="sides")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("单位"))
    role = models.CharField(_("变动前后"), max_length=8, choices=Role)
    members = models.PositiveIntegerField(_("人数"), default=0)

    class Meta:
        verbose_name = _("涉及组织")
        constraints = [models.UniqueConstraint(fields=["change", "unit", "role"], name="one_side_of_a_change")]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_role_display()}"


class Handover(Record):
    """A secretary handed a unit over to the next; both signed the list of open matters."""

    giver = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("交出人"))
    taker = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("接收人"))
    on = models.DateField(_("交接日期"))
    note = models.TextField(_("交接说明"), blank=True)
    open_matters = models.PositiveIntegerField(_("未办事项"), default=0, editable=False)

    class Meta:
        verbose_name = _("交接")
        indexes = [models.Index(fields=["-on", "-id"], name="handover_newest")]
        constraints = [models.UniqueConstraint(
            fields=["unit", "taker", "on"], condition=models.Q(withdrawn=False), name="one_handover_a_day",
            violation_error_message=_("这次交接已登记，请查看原记录"))]

    def __str__(self) -> str:
        return f"{self.on} {self.unit} {self.giver} → {self.taker}"

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        if today is not None and self.on > today:
            yield "on", PROBLEMS["later_than_today"]
        if self.giver_id == self.taker_id:
            yield "taker", PROBLEMS["same_person"]
