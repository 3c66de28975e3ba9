"""Who can sign in."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class Accounts(BaseUserManager["Account"]):
    def create_user(self, login: str, password: str | None = None, **more: Any) -> "Account":
        account = self.model(login=login, **more)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    login = models.CharField(_("账号"), max_length=60, unique=True)
    label = models.CharField(_("称呼"), max_length=60)
    role = models.CharField(_("角色"), max_length=60, blank=True)
    person = models.ForeignKey("foundation.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    home = models.ForeignKey("foundation.Unit", models.PROTECT, null=True, blank=True, related_name="+",
                             verbose_name=_("所在单位"))
    is_active = models.BooleanField(_("启用"), default=True)
    demo = models.BooleanField(default=False)
    large = models.BooleanField(_("大字版"), default=False)

    # Filled where the account was read together with its grants (grants.SessionDoor).
    grant_rows: list[tuple[Any, ...]] | None = None

    USERNAME_FIELD = "login"
    objects = Accounts()

    class Meta:
        verbose_name = _("账号")

    def __str__(self) -> str:
        return self.label
