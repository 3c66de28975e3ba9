"""What happened to a unit: founded, moved, merged, split, closed, each on a day and by a document."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.record import Record
from luoshi.foundation.units import Unit

from .kept import PROBLEMS


class Change(models.TextChoices):
    FOUNDED = "founded", _("成立")
    MOVED = "moved", _("调整隶属关系")
    MERGED = "merged", _("合并")
    SPLIT = "split", _("分设")
    CLOSED = "closed", _("撤销")


class UnitChange(Record):
    """One change; `unit` is the one it starts from: the new, moved, closed or divided one, or the one others join."""

    kind = models.CharField(_("事项"), max_length=8, choices=Change)
    on = models.DateField(_("生效日期"))
    document = models.CharField(_("批准文号"), max_length=120)
    note = models.CharField(_("说明"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("组织沿革")
        indexes = [models.Index(fields=["-on", "-id"], name="unit_change_newest")]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()} {self.unit}"

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        if today is not None and self.on > today:
            yield "on", PROBLEMS["later_than_today"]


class Side(models.TextChoices):
    FROM = "from", _("原组织")
    TO = "to", _("现组织")


class UnitSide(models.Model):
    """A unit that a change began with or led to; of a move, the superiors before and after."""

    change = models.ForeignKey(UnitChange, models.CASCADE, related_name="sides")
    side = models.CharField(_("前后"), max_length=4, choices=Side)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("单位"))

    class Meta:
        verbose_name = _("相关组织")
        constraints = [models.UniqueConstraint(fields=["change", "side", "unit"], name="one_side_a_unit")]

    def __str__(self) -> str:
        return f"{self.get_side_display()} {self.unit}"
