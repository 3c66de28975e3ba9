"""Sealed columns: encrypted where they are stored, masked wherever they are shown, opened only on purpose.

The database holds `id:nonce+ciphertext` (AES-256-GCM, bound to table and column); beside it a model may keep a keyed
digest for exact comparison. A value read from the database is a `Sealed`: as text it is its mask, `clear()` opens it.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

HIDDEN = "********"  # what stands where a value cannot be opened
Mask = Callable[[str], str]


class Unopened(Exception):
    """The key that sealed a value is not at hand, or the stored text was altered."""

    def __init__(self) -> None:
        super().__init__(_("加密内容无法打开：密钥与数据不匹配。请恢复原来的密钥文件，或联系系统管理人员"))


@lru_cache(maxsize=1)
def keys() -> dict[str, bytes]:
    """{id: key}, the present one first; from LUOSHI_SEAL_KEY or the key file, which is made at first use.

    Older keys stay behind the present one, so that what they sealed can be opened until `luoshi reseal` has run.
    """
    text = str(getattr(settings, "SEAL_KEY", "")) or _key_file()
    found = {}
    for word in text.replace("\n", ",").split(","):
        if word.strip():
            key = base64.urlsafe_b64decode(word.strip() + "=" * (-len(word.strip()) % 4))
            if len(key) != 32:
                raise ValueError("a sealing key must be 32 bytes in base64")
            found[hashlib.sha256(key).hexdigest()[:8]] = key
    if not found:
        raise ValueError("there is no sealing key")
    return found


def _key_file() -> str:
    path = settings.SEAL_KEY_FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return str(path.read_text(encoding="ascii"))
    with os.fdopen(made, "w", encoding="ascii") as file:
        file.write(base64.urlsafe_b64encode(os.urandom(32)).decode() + "\n")
    return str(path.read_text(encoding="ascii"))


def seal(text: str, *, where: str) -> str:
    """The stored form of a text; `where` is table and column, so that a value cannot be copied elsewhere."""
    name, key = next(iter(keys().items()))
    nonce = os.urandom(12)
    return f"{name}:" + base64.b64encode(nonce + _cipher(key).encrypt(nonce, text.encode(), where.encode())).decode()


@lru_cache(maxsize=8)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def opened(stored: str, *, where: str) -> str:
    """The text behind a stored form. Raises Unopened."""
    name, _colon, body = stored.partition(":")
    try:
        raw = base64.b64decode(body)
        return _cipher(keys()[name]).decrypt(raw[:12], raw[12:], where.encode()).decode()
    except (KeyError, ValueError, InvalidTag) as error:
        raise Unopened from error


def digest(text: str, *, purpose: str) -> str:
    """A keyed fingerprint for exact comparison: equal texts have equal ones, and without the key nothing can be tried.

    It hangs on the present key: `luoshi reseal` makes the stored ones anew.
    """
    key = next(iter(keys().values()))
    return hmac.digest(key, f"{purpose}\0{text}".encode(), "sha256").hex()[:32] if text else ""


class Sealed(str):
    """A stored value: its text is the mask, so that whatever prints it prints no more than that."""

    stored: str
    where: str
    mark = ""  # what the trail keeps of it, where it was sealed by this very process

    def clear(self) -> str:
        """The whole text. Raises Unopened."""
        return opened(self.stored, where=self.where) if self.stored else ""


def clear(value: str) -> str:
    """The whole text of a value, sealed or just typed. Raises Unopened."""
    return value.clear() if isinstance(value, Sealed) else value


def hide_all(_text: str) -> str:
    """The mask of what shows nothing at all."""
    return HIDDEN


class SealedField(models.TextField):  # type: ignore[type-arg]
    """Text of at most `length` characters, sealed at rest; `mask` says what of it may be seen.

    Assigning the mask that is already there changes nothing: a form sent back as it was shown keeps the value.
    `fingerprint` names the column beside it that holds the value's digest, where there is one.
    """

    def __init__(self, *words: Any, mask: Mask = hide_all, length: int = 60, fingerprint: str = "",
                 **more: Any) -> None:
        self.mask, self.length, self.fingerprint = mask, length, fingerprint
        super().__init__(*words, **more)

    def deconstruct(self) -> Any:
        name, path, words, more = super().deconstruct()
        return name, path, words, more | {"length": self.length}

    @property
    def where(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> Any:
        if not value:
            return value
        try:
            shown = self.mask(opened(value, where=self.where))
        except Unopened:
            shown = HIDDEN
        found = Sealed(shown)
        found.stored, found.where = value, self.where
        return found

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Sealed):
            return value.stored
        text = super().get_prep_value(value)
        return seal(text, where=self.where) if text else text

    def pre_save(self, row: Any, add: bool) -> Any:
        """Seals the value on the row itself: what was stored shows no more in memory than after reading it back."""
        value = getattr(row, self.attname)
        if not value or isinstance(value, Sealed):
            return value
        text = str(value)
        found = Sealed(self.mask(text))
        found.stored, found.where = seal(text, where=self.where), self.where
        found.mark = self._mark(text)
        row.__dict__[self.attname] = found
        return found

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, name, _Keeper(self))

    def clean(self, value: Any, row: Any) -> Any:
        if isinstance(value, Sealed):
            return value
        found = super().clean(value, row)
        if found and "*" in found:
            raise ValidationError(_("请填写完整的%(name)s，不能用星号代替") % {"name": self.verbose_name})
        if found and len(found) > self.length:
            raise ValidationError(_("%(name)s最多 %(n)d 个字符") % {"name": self.verbose_name, "n": self.length})
        return found

    def sound(self, value: Any) -> bool:
        """Whether `clean` is certain to accept a filled value and to leave it as it is."""
        return value.__class__ is Sealed or (
            value.__class__ is str and "*" not in value and 0 < len(value) <= self.length and not self.validators)

    def formfield(self, **more: Any) -> Any:
        """One line, shown masked; what is sent back unchanged changes nothing."""
        wanted: dict[str, Any] = {"form_class": forms.CharField,
                                  "widget": forms.TextInput(attrs={"autocomplete": "off"}), **more}
        return super(models.TextField, self).formfield(**wanted)

    def trail_value(self, row: Any) -> str:
        """What the trail keeps: the mask, and a mark that differs where the value does."""
        value = getattr(row, self.attname) or ""
        if not value:
            return ""
        return getattr(value, "mark", "") or self._mark(clear(value))

    def _mark(self, whole: str) -> str:
        return f"{self.mask(whole)}#{digest(whole, purpose=self.where)[:6]}"


class _Keeper:
    """The attribute of a sealed column: keeps the sealed value when its own mask is assigned."""

    def __init__(self, field: SealedField) -> None:
        self.field = field

    def __get__(self, row: Any, _owner: Any = None) -> Any:
        if row is None:
            return self
        if self.field.attname not in row.__dict__:
            row.refresh_from_db(fields=[self.field.attname])
        return row.__dict__[self.field.attname]

    def __set__(self, row: Any, value: Any) -> None:
        held = row.__dict__.get(self.field.attname)
        same = isinstance(held, Sealed) and not isinstance(value, Sealed) and value == str(held)
        if not same:
            row.__dict__[self.field.attname] = value


def sealed_fields(model: type[models.Model]) -> list[SealedField]:
    """The sealed columns of a kind of record."""
    return [one for one in model._meta.concrete_fields if isinstance(one, SealedField)]
