"""Topic groups: members, papers, plain discussion without marks or counts of persons, and a digest each quarter."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.people import Person
from luoshi.foundation.record import Record

from .. import rules
from .words import PROBLEMS


class TopicGroup(Record):
    """A group that studies one topic together; its convener writes the digests."""

    name = models.CharField(_("研究组名称"), max_length=80)
    topic = models.CharField(_("研究题目"), max_length=160)
    convener = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("召集人"))
    starts_on = models.DateField(_("成立日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)
    aim = models.TextField(_("研究目标"), blank=True)

    class Meta:
        verbose_name = _("专题研究组")
        indexes = [models.Index(fields=["-starts_on", "-id"], name="topic_group_newest")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], condition=Q(withdrawn=False), name="one_topic_group_a_name",
                                    violation_error_message=_("本单位已有同名的研究组，请更换名称")),
            models.CheckConstraint(condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                                   name="topic_group_ends_later", violation_error_message=PROBLEMS["ends_before_start"]),
        ]

    def __str__(self) -> str:
        return self.name

    def problems(self, **_more: Any) -> Iterable[tuple[str, Any]]:
        for field, code in rules.span_problems(starts_on=self.starts_on, ends_on=self.ends_on):
            yield field, PROBLEMS[code]

    def has(self, person: int | None) -> bool:
        """Whether a person is the convener or a member."""
        return person is not None and (person == self.convener_id or self.members.filter(person=person).exists())


def groups_of(person: int) -> Any:
    """The numbers of the groups a person belongs to."""
    return TopicGroup.objects.filter(Q(convener=person) | Q(members__person=person), withdrawn=False).values("pk")


class GroupMember(models.Model):
    group = models.ForeignKey(TopicGroup, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("姓名"))

    class Meta:
        verbose_name = _("成员")
        constraints = [models.UniqueConstraint(fields=["group", "person"], name="in_topic_group_once")]

    def __str__(self) -> str:
        return str(self.person)


class TopicPost(Record):
    """What a member said in the discussion, as plain text."""

    group = models.ForeignKey(TopicGroup, models.PROTECT, related_name="posts", verbose_name=_("专题研究组"))
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("发言人"))
    posted_on = models.DateField(_("日期"))
    text = models.TextField(_("发言"), max_length=4000)

    class Meta:
        verbose_name = _("研究组发言")
        indexes = [models.Index(fields=["group", "id"], name="topic_post_of_group")]

    def __str__(self) -> str:
        return self.text[:30]

    def problems(self, **_more: Any) -> Iterable[tuple[str, Any]]:
        if not self.text.strip():
            yield "text", PROBLEMS["empty"]
        if not self.group.has(self.author_id):
            yield "author", PROBLEMS["not_member"]
        if self.group.ends_on and self.posted_on > self.group.ends_on:
            yield "group", PROBLEMS["group_ended"]


class TopicPaper(Record):
    """A document of a group: material it reads, or a draft of its own."""

    group = models.ForeignKey(TopicGroup, models.PROTECT, related_name="papers", verbose_name=_("专题研究组"))
    title = models.CharField(_("资料名称"), max_length=160)
    source = models.CharField(_("出处"), max_length=120, blank=True)
    added_on = models.DateField(_("日期"))
    text = models.TextField(_("摘要"), max_length=20000, blank=True)
    file = models.ForeignKey("foundation.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", editable=False,
                             verbose_name=_("附件"))

    class Meta:
        verbose_name = _("研究资料")
        indexes = [models.Index(fields=["-added_on", "-id"], name="topic_paper_newest")]
        constraints = [
            models.UniqueConstraint(fields=["group", "title"], condition=Q(withdrawn=False), name="topic_paper_once",
                                    violation_error_message=_("研究组已有同名的资料，请更换名称")),
        ]

    def __str__(self) -> str:
        return self.title

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        if today is not None and self.added_on > today:
            yield "added_on", PROBLEMS["later_than_today"]


class Quarter(models.IntegerChoices):
    FIRST = 1, _("第一季度")
    SECOND = 2, _("第二季度")
    THIRD = 3, _("第三季度")
    FOURTH = 4, _("第四季度")


class Digest(Record):
    """What a group worked out in a quarter, written by its convener."""

    group = models.ForeignKey(TopicGroup, models.PROTECT, related_name="digests", verbose_name=_("专题研究组"))
    year = models.PositiveIntegerField(_("年度"), validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    quarter = models.PositiveSmallIntegerField(_("季度"), choices=Quarter)
    written_on = models.DateField(_("完成日期"))
    title = models.CharField(_("综述题目"), max_length=160)
    text = models.TextField(_("研究综述"))

    class Meta:
        verbose_name = _("研究综述")
        indexes = [models.Index(fields=["-written_on", "-id"], name="digest_newest")]
        constraints = [
            models.UniqueConstraint(fields=["group", "year", "quarter"], condition=Q(withdrawn=False), name="one_digest_a_quarter",
                                    violation_error_message=_("该季度的研究综述已经登记，请查找后修改")),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.year} {self.get_quarter_display()}"

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        if today is not None and self.written_on > today:
            yield "written_on", PROBLEMS["later_than_today"]
        if not self.text.strip():
            yield "text", PROBLEMS["empty"]
