"""From a cell to a field's value and from a heading to a field."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from .sheets import clean

Lookup = Callable[[str], Any]

DAY = re.compile(r"^(\d{4})[.\-/年](\d{1,2})[.\-/月](\d{1,2})日?$")
MONTH = re.compile(r"^(\d{4})[.\-/年](\d{1,2})月?份?$|^(\d{4})(0[1-9]|1[0-2])$")
SHORT = re.compile(r"^(\d{2})[.\-/年](\d{1,2})[.\-/月](\d{1,2})日?$")
MOST_OPTIONS = 12
REPEATED = 40  # characters; a shorter text may well be that of other rows
EXACT = 10 ** 15  # a number cell keeps no more digits than these
ROUNDED = re.compile(r"^\d\.\d+E\+\d+$", re.I)
YES = {"是", "有", "√", "1", "y", "yes", "true", "对"}
NO = {"否", "无", "×", "0", "n", "no", "false", "", "错"}


class Unclear(ValidationError):
    """A cell that a person must look at; with what it probably means, or what it may mean."""

    def __init__(self, message: str, *, proposal: str = "", options: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(message)
        self.proposal, self.options = proposal, list(options)[:MOST_OPTIONS]  # (what to write, how it is shown)


def tidy(value: Any) -> str:
    """A cell as text: full-width digits and letters narrowed, blanks at the ends gone, 3.0 written 3."""
    if value.__class__ is str:
        if value.isascii() and value.isprintable():
            return value.strip()
        return _narrowed(value) if len(value) < REPEATED else clean(unicodedata.normalize("NFKC", value)).strip()
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value)) if abs(value) < EXACT else f"{value:.14E}"
    if isinstance(value, date):
        return value.isoformat()[:10] if not isinstance(value, datetime) or value.time() == time() else str(value)
    return clean(unicodedata.normalize("NFKC", str(value))).strip()


@lru_cache(maxsize=4096)  # the names of units and of codes return row after row
def _narrowed(text: str) -> str:
    return clean(unicodedata.normalize("NFKC", text)).strip()


def heading(text: Any) -> str:
    return re.sub(r"[\s*：:（）()]", "", tidy(text)).lower()


def names_of(field: Any) -> set[str]:
    """Every heading a field answers to: its name in both languages and in the code."""
    words = {field.name}
    for language in ("zh-hans", "en"):
        with override(language):
            words.add(str(field.verbose_name))
    return {heading(word) for word in words}


def to_python(field: Any, value: Any, lookup: Lookup | None) -> Any:
    """The field's value for a cell; raises ValidationError with a sentence that says what would be right."""
    text = tidy(value)
    if not text:
        if field.blank or field.null or isinstance(field, models.BooleanField):
            return _empty(field)
        raise ValidationError(_("请填写%(name)s") % {"name": field.verbose_name})
    if lookup:
        return lookup(text)
    if field.choices:
        return _choice(field, text)
    if isinstance(field, models.BooleanField):
        if text.lower() in YES | NO:
            return text.lower() in YES
        raise ValidationError(_("请填“是”或“否”"))
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return to_day(text, value)
    if isinstance(field, models.IntegerField):
        return _whole(text)
    if ROUNDED.match(text):
        raise ValidationError(_("表格把这个号码存成了数字，末几位已经丢失，请把这一格设为文本格式后重新填写"))
    return field.to_python(text)


def verbatim(field: Any, lookup: Lookup | None) -> bool:
    """Whether a tidied text stands for itself in this field, unless it is empty or may be a rounded number (has a "+")."""
    return lookup is None and not field.choices and isinstance(field, models.CharField | models.TextField) and \
        str(type(field).to_python.__module__).startswith("django.db.models.fields")


def _empty(field: Any) -> Any:
    if field.null:
        return None
    return field.get_default() if field.has_default() else (False if isinstance(field, models.BooleanField) else "")


def _choice(field: Any, text: str) -> Any:
    for key, word in field.flatchoices:
        if text in (str(key), str(word)):
            return key
        with override("zh-hans"):
            if text == str(word):
                return key
    shown = [str(word) for key, word in field.flatchoices if word and key != ""]
    near = [one for one in shown if one in text or text in one] or difflib.get_close_matches(text, shown, n=1, cutoff=0.5)
    raise Unclear(_("“%(text)s”不在可选范围内，请填：%(shown)s") % {"text": text[:20], "shown": "、".join(shown)[:200]},
                  proposal=near[0] if len(near) == 1 else "", options=[(one, one) for one in shown])


def to_day(text: str, value: Any = None) -> date:
    """2026-07-01, 2026.7.1, 2026年7月1日, 20260701, a date cell or its serial number."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    plain = text.split(" ")[0].split("T")[0]
    if re.fullmatch(r"\d{8}", plain):
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    elif re.fullmatch(r"\d{5}(?:\.\d+)?", plain):
        return date(1899, 12, 30) + timedelta(days=int(plain[:5]))
    if found := DAY.match(plain):
        try:
            return date(*map(int, found.groups()))
        except ValueError as error:
            raise ValidationError(_("“%(text)s”不是实际存在的日期，请核对") % {"text": text[:20]}) from error
    raise Unclear(_("“%(text)s”不是完整日期，请写成 2026-07-01") % {"text": text[:20]}, proposal=_probable(plain))


def _probable(plain: str) -> str:
    """A month without a day is proposed as its first; a year of two digits as the latest that is not to come."""
    if found := MONTH.match(plain):
        year, month = (int(part) for part in found.groups() if part)
        return date(year, month, 1).isoformat() if 1 <= month <= 12 and year > 0 else ""
    if found := SHORT.match(plain):
        year, month, day = map(int, found.groups())
        try:
            return date(year + (2000 if year <= 30 else 1900), month, day).isoformat()
        except ValueError:
            return ""
    return ""


def _whole(text: str) -> int:
    try:
        return int(text.replace(",", ""))
    except ValueError as error:
        raise ValidationError(_("“%(text)s”不是整数，请只填数字") % {"text": text[:20]}) from error
