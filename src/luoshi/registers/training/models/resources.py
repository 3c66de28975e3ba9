"""What classes are made of: courses, teachers and rooms."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.record import Record


class Course(Record):
    """A course that lessons repeat."""

    name = models.CharField(_("课程"), max_length=120)
    field = models.CharField(_("门类"), max_length=60, blank=True)
    hours = models.PositiveSmallIntegerField(_("学时"), validators=[MinValueValidator(1), MaxValueValidator(200)])

    class Meta:
        verbose_name = _("课程")
        constraints = [models.UniqueConstraint(fields=["unit", "name"], condition=Q(withdrawn=False), name="one_course_a_name",
                                               violation_error_message=_("已有同名的课程，请查找后修改"))]

    def __str__(self) -> str:
        return self.name


class Teacher(Record):
    """Somebody who teaches; often from another house, so not one of the persons."""

    name = models.CharField(_("教师"), max_length=60)
    organisation = models.CharField(_("工作单位"), max_length=120)
    field = models.CharField(_("讲授领域"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("教师")
        constraints = [models.UniqueConstraint(fields=["unit", "name", "organisation"], condition=Q(withdrawn=False),
                                               name="one_teacher_a_name",
                                               violation_error_message=_("已有这位教师，请查找后修改"))]

    def __str__(self) -> str:
        return self.name


class Room(Record):
    """A room that lessons are held in."""

    name = models.CharField(_("教室"), max_length=60)
    address = models.CharField(_("地址"), max_length=120, blank=True)
    seats = models.PositiveSmallIntegerField(_("座位数"), validators=[MinValueValidator(1)])

    class Meta:
        verbose_name = _("教室")
        constraints = [models.UniqueConstraint(fields=["unit", "name"], condition=Q(withdrawn=False), name="one_room_a_name",
                                               violation_error_message=_("已有同名的教室，请查找后修改"))]

    def __str__(self) -> str:
        return self.name
