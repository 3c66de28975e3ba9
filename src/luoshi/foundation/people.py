"""Persons with their files, and what each is in which unit from when until when."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.kernel import codes, ids, names

from .record import Record
from .sealed import Sealed, SealedField, clear, digest


def chosen(codes_of: Any) -> list[tuple[str, str]]:
    """A national code list as choices: the code is stored, its name is shown."""
    return list(codes_of.items())


ID_NUMBER = "foundation_person.id_number"  # what the fingerprint of an identity number is for


class Person(Record):
    """A person and their file; `unit` is the unit that keeps it today. Code lists are national ones (kernel.codes)."""

    name = models.CharField(_("姓名"), max_length=60)
    number = models.CharField(_("工号"), max_length=32, unique=True)
    id_number = SealedField(_("身份证号"), mask=ids.mask_ends, length=18, blank=True, fingerprint="id_digest")
    # Finds the same number again without anybody being able to read it.
    id_digest = models.CharField(max_length=32, blank=True, editable=False)
    sex = models.CharField(_("性别"), max_length=1, choices=chosen(codes.SEX), blank=True)
    # A statistics code: only tables use it, and only the form of the one who keeps the file shows it.
    ethnicity = models.CharField(_("民族"), max_length=2, choices=chosen(codes.ETHNICITY), blank=True)
    born = models.DateField(_("出生日期"), null=True, blank=True)
    native_place = models.CharField(_("籍贯"), max_length=60, blank=True)
    education = models.CharField(_("学历"), max_length=2, choices=chosen(codes.EDUCATION), blank=True)
    employment = models.CharField(_("从业状况"), max_length=2, choices=chosen(codes.EMPLOYMENT), blank=True)
    phone = SealedField(_("手机"), mask=ids.mask_phone, length=20, blank=True)
    worked_since = models.DateField(_("参加工作日期"), null=True, blank=True)
    joined = models.DateField(_("入党日期"), null=True, blank=True)
    full_on = models.DateField(_("转正日期"), null=True, blank=True)
    search = models.CharField(max_length=200, blank=True, editable=False)
    strokes = models.CharField(max_length=200, blank=True, editable=False)

    AGGREGATE_ONLY = ("ethnicity",)
    SELF_CONTAINED = True

    class Meta:
        verbose_name = _("人员")
        indexes = [models.Index(fields=["place", "id"]), models.Index(fields=["strokes"])]
        constraints = [models.UniqueConstraint(
            fields=["id_digest"], condition=~Q(id_digest="") & Q(withdrawn=False), name="one_person_an_id_number",
            violation_error_message=_("该身份证号已登记在另一人名下，请查找后核对"))]

    def __str__(self) -> str:
        return self.name

    def settle(self) -> None:
        super().settle()
        if not isinstance(self.id_number, Sealed):
            self._take_id_number()
        self.search = " " + names.search_text(self.name, limit=199)
        self.strokes = names.stroke_key(self.name)[:200]

    def _take_id_number(self) -> None:
        """What follows from an identity number: its fingerprint, and birth date and sex where they are not given."""
        self.id_number, problem = ids.check_identity_number(self.id_number or "") if self.id_number else ("", None)
        self.id_digest = digest(self.id_number, purpose=ID_NUMBER)
        if self.id_number and problem is None:
            self.born = self.born or ids.identity_birthday(self.id_number)
            self.sex = self.sex or ids.identity_sex(self.id_number)

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        typed = self.id_number and not isinstance(self.id_number, Sealed)
        if typed and (problem := ids.check_identity_number(self.id_number)[1]):
            yield "id_number", problem
        if self.id_number and self.id_digest:
            yield from self._differs(clear(self.id_number))
        for field in ("born", "worked_since", "joined", "full_on"):
            day = getattr(self, field)
            if today is not None and day is not None and day > today:
                yield field, _("日期不能晚于今天，请改为实际日期")
        for earlier, later, said in ORDER:
            first, second = getattr(self, earlier), getattr(self, later)
            if first is not None and second is not None and second < first:
                yield later, said

    def _differs(self, number: str) -> Iterable[tuple[str, Any]]:
        """Birth date and sex that are not those of the identity number."""
        if len(number) != 18 or ids.check_identity_number(number)[1]:
            return
        if self.born and self.born != ids.identity_birthday(number):
            yield "born", _("出生日期与身份证号不一致，请核对两项")
        if self.sex in ("1", "2") and self.sex != ids.identity_sex(number):
            yield "sex", _("性别与身份证号不一致，请核对两项")


ORDER = (
    ("born", "worked_since", _("参加工作日期不能早于出生日期，请核对")),
    ("born", "joined", _("入党日期不能早于出生日期，请核对")),
    ("joined", "full_on", _("转正日期不能早于入党日期，请核对")),
)


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
    DISCIPLINE_CADRE = "discipline_cadre", _("纪检干部")
    UNION_CADRE = "union_cadre", _("工会干部")
    LEAGUE_CADRE = "league_cadre", _("团干部")
    CONTACT = "contact", _("分类指导联系人")  # of the higher office, for the unit
    CHAIR = "chair", _("工会主席")
    VICE_CHAIR = "vice_chair", _("工会副主席")
    AUDIT_CHAIR = "audit_chair", _("经审会主任")
    UNION_MEMBER = "union_member", _("工会会员")
    LEAGUE_MEMBER = "league_member", _("共青团员")


# Who belongs to a party unit; where a rule asks for full members it names Post.MEMBER alone.
MEMBER_POSTS = (Post.MEMBER, Post.PROBATIONARY)

# Who does such work for a living or beside other work: the staff roster.
STAFF_POSTS = (Post.CADRE, Post.DISCIPLINE_CADRE, Post.UNION_CADRE, Post.LEAGUE_CADRE)
# Whom members of a union, or of its audit committee, elect.
UNION_POSTS = (Post.CHAIR, Post.VICE_CHAIR, Post.AUDIT_CHAIR, Post.COMMITTEE)

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
