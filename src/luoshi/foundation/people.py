"""Persons, and what each is in which unit from when until when."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.kernel import names

from .record import Record


class Person(Record):
    """A person; `unit` is the unit that keeps the file today."""

    name = models.CharField(_("姓名"), max_length=60)
    number = models.CharField(_("工号"), max_length=32, unique=True)
    born = models.DateField(_("出生日期"), null=True, blank=True)
    joined = models.DateField(_("入党日期"), null=True, blank=True)
    search = models.CharField(max_length=200, blank=True, editable=False)
    strokes = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = _("人员")
        indexes = [models.Index(fields=["place", "id"]), models.Index(fields=["strokes"])]

    def __str__(self) -> str:
        return self.name

    def settle(self) -> None:
        super().settle()
        self.search = " " + names.search_text(self.name, limit=199)
        self.strokes = names.stroke_key(self.name)[:200]


class Post(models.TextChoices):
    """What a person is in a unit."""

    MEMBER = "member", _("党员")  # a full member; who is on probation holds the next one instead
    PROBATIONARY = "probationary", _("预备党员")
    SECRETARY = "secretary", _("书记")
    DEPUTY = "deputy", _("副书记")
    ORGANISATION = "organisation", _("组织委员")
    PUBLICITY = "publicity", _("宣传委员")
    DISCIPLINE = "discipline", _("纪检委员")
    COMMITTEE = "committee", _("委员")
    GROUP_LEADER = "group_leader", _("党小组组长")
    CADRE = "cadre", _("党务干部")
    OFFICIAL = "official", _("领导干部")
    UNION_MEMBER = "union_member", _("工会会员")
    LEAGUE_MEMBER = "league_member", _("共青团员")


# Who belongs to a party unit; where a rule asks for full members it names Post.MEMBER alone.
MEMBER_POSTS = (Post.MEMBER, Post.PROBATIONARY)

COMMITTEE_POSTS = (Post.SECRETARY, Post.DEPUTY, Post.ORGANISATION, Post.PUBLICITY, Post.DISCIPLINE, Post.COMMITTEE)


class Position(Record):
    """Person holds a post in a unit from a day until the day before another."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("姓名"))
    post = models.CharField(_("职务"), max_length=16, choices=Post)
    full_time = models.BooleanField(_("专职"), default=False)
    since = models.DateField(_("任职日期"))
    until = models.DateField(_("离任日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("任职")
        indexes = [models.Index(fields=["place", "post"]), models.Index(fields=["unit", "post"])]
        constraints = [
            models.UniqueConstraint(fields=["person", "unit", "post", "since"], name="one_position_a_day"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                                   name="position_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_post_display()}"


def held(day: date) -> Q:
    """Positions held on a day."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day)) & Q(withdrawn=False)
