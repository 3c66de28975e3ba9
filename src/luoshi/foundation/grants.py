"""Who may do what, on which unit and all below it, for which register and line of work, from when until when."""

from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.utils.translation import gettext_lazy as _

from .accounts import Account
from .units import Unit


class Verb(models.IntegerChoices):
    """A ladder: each verb includes those below it."""

    SEE = 1, _("查看")
    ADD = 2, _("登记")
    CHANGE = 3, _("修改")
    MANAGE = 4, _("管理")


class Line(models.TextChoices):
    """A line of work: a tag on records and grants, never a menu."""

    PARTY = "party", _("党务")
    UNION = "union", _("工会")
    YOUTH = "youth", _("青年")
    WOMEN = "women", _("女工")
    DISCIPLINE = "discipline", _("纪检")


EVERY = "*"


class Grant(models.Model):
    account = models.ForeignKey(Account, models.CASCADE, related_name="grants")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+", verbose_name=_("单位"))
    register = models.CharField(_("台账"), max_length=40, default=EVERY)
    verb = models.PositiveSmallIntegerField(_("权限"), choices=Verb)
    line = models.CharField(_("条线"), max_length=16, choices=Line, blank=True)
    since = models.DateField(_("起"))
    until = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("授权")

    def __str__(self) -> str:
        return f"{self.account} {self.get_verb_display()} {self.register} {self.unit}"


def granted(person: int, unit: Unit, day: date) -> Any:
    """The grants on this very unit, in force on a day or later, of the accounts of a person."""
    rows = Grant.objects.filter(models.Q(until__isnull=True) | models.Q(until__gt=day), account__person=person, unit=unit)
    return rows.order_by("pk")


def pass_on(grants: list[Grant], *, to: Account, day: date) -> None:
    """End grants on a day and give the same to another account from that day on."""
    for one in grants:
        Grant.objects.create(account=to, unit=one.unit, register=one.register, verb=one.verb, line=one.line,
                             since=max(one.since, day), until=one.until)
        one.until = max(one.since, day)
        one.save(update_fields=["until"])


GrantRow = tuple[str, int, str, str, str, date, date | None]  # register, verb, place, line, unit's name, since, until


def rows_of(account: Account) -> list[GrantRow]:
    """The grants of an account, in force or not; read together with the account where a session brought it."""
    if account.grant_rows is None:
        account.grant_rows = list(Grant.objects.filter(account=account).values_list(
            "register", "verb", "unit__place", "line", "unit__name", "since", "until"))
    return account.grant_rows


class SessionDoor(ModelBackend):
    """Loads the account of a session and its grants in one statement.

    Every request of every page does this: written by hand it takes a third of the time of two ORM queries
    (bench/page.py), and a grant that was taken away is gone with the next request.
    """

    COLUMNS = [f.attname for f in Account._meta.concrete_fields]
    # Names come from the models above; the only value is a parameter.
    STATEMENT = f"""SELECT {", ".join(f"a.{name}" for name in COLUMNS)},
        g.register, g.verb, u.place, g.line, u.name, g.since, g.until
        FROM foundation_account a LEFT JOIN foundation_grant g ON g.account_id = a.id
        LEFT JOIN foundation_unit u ON u.id = g.unit_id WHERE a.id = %s AND a.is_active"""  # noqa: S608

    def get_user(self, user_id: int) -> Account | None:
        with connection.cursor() as cursor:
            cursor.execute(self.STATEMENT, [user_id])
            rows = cursor.fetchall()
        if not rows:
            return None
        width = len(self.COLUMNS)
        account: Account = Account.from_db(DEFAULT_DB_ALIAS, self.COLUMNS, _plain(rows[0][:width]))
        account.grant_rows = [_typed(row[width:]) for row in rows if row[width] is not None]
        return account


_FIELDS = Account._meta.concrete_fields


def _plain(values: tuple[Any, ...]) -> list[Any]:
    """An account's values as the ORM would give them: SQLite hands out moments without a zone and truth as a number."""
    found: list[Any] = []
    for field, value in zip(_FIELDS, values, strict=True):
        if isinstance(value, datetime) and value.tzinfo is None:
            value = value.replace(tzinfo=UTC)
        elif isinstance(field, models.BooleanField):
            value = bool(value)
        found.append(value)
    return found


def _typed(row: tuple[Any, ...]) -> GrantRow:
    """SQLite hands out dates as text where no field of the ORM stands between."""
    since, until = (date.fromisoformat(v) if isinstance(v, str) else v for v in row[5:7])
    return (*row[:5], since, until)
