"""From a cell to a field's value and from a heading to a field."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..columns import title_field

Lookup = Callable[[str], Any]

DAY = re.compile(r"^(\d{4})[.\-/年](\d{1,2})[.\-/月](\d{1,2})日?$")
YES = {"是", "有", "√", "1", "y", "yes", "true", "对"}
NO = {"否", "无", "×", "0", "n", "no", "false", "", "错"}


def tidy(value: Any) -> str:
    """A cell as text: full-width digits and letters narrowed, blanks at the ends gone, 3.0 written 3."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return value.isoformat()[:10] if not isinstance(value, datetime) or value.time() == time() else str(value)
    text = unicodedata.normalize("NFKC", str(value)).replace("\u3000", " ")
    return "".join(c for c in text if c.isprintable() or c == "\n").strip()


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
    return field.to_python(text)


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
    shown = "、".join(str(word) for _key, word in field.flatchoices if word)
    raise ValidationError(_("“%(text)s”不在可选范围内，请填：%(shown)s") % {"text": text[:20], "shown": shown[:200]})


def to_day(text: str, value: Any = None) -> date:
    """2026-07-01, 2026.7.1, 2026年7月1日, 20260701, a date cell or its serial number."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    plain = text.split(" ")[0].split("T")[0]
    if re.fullmatch(r"\d{8}", plain):
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    elif re.fullmatch(r"\d{5}", plain):
        return date(1899, 12, 30) + timedelta(days=int(plain))
    if found := DAY.match(plain):
        try:
            return date(*map(int, found.groups()))
        except ValueError as error:
            raise ValidationError(_("“%(text)s”不是实际存在的日期，请核对") % {"text": text[:20]}) from error
    raise ValidationError(_("“%(text)s”不是完整日期，请写成 2026-07-01") % {"text": text[:20]})


def _whole(text: str) -> int:
    try:
        return int(text.replace(",", ""))
    except ValueError as error:
        raise ValidationError(_("“%(text)s”不是整数，请只填数字") % {"text": text[:20]}) from error


def lookup_in(rows: Any, codes: Iterable[str], texts: set[str]) -> Lookup:
    """Find related rows by code or name, all in two queries; unknown and ambiguous ones are said."""
    title = title_field(rows.model)
    found: dict[str, list[Any]] = {}
    wanted = list(texts)
    for start in range(0, len(wanted), 400):
        some = wanted[start:start + 400]
        condition = models.Q((f"{title}__in", some))
        for code in codes:
            condition |= models.Q((f"{code}__in", some))
        for row in rows.filter(condition):
            keys = {getattr(row, title), *(getattr(row, code) for code in codes)}
            for key in keys & set(some):
                found.setdefault(str(key), []).append(row)

    def look(text: str) -> Any:
        match found.get(text, []):
            case [one]:
                return one
            case []:
                raise ValidationError(_("没有找到“%(text)s”，请核对名称或改填编码") % {"text": text[:40]})
            case _many:
                raise ValidationError(_("有多个“%(text)s”，请改填编码") % {"text": text[:40]})

    return look
