"""The trail of a record as sentences."""

import json
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.foundation.sealed import SealedField
from luoshi.foundation.trail import Line

from .columns import EMPTY
from .forms import has_field
from .register import Register

SKIPPED = {"withdrawn", "strokes", "id_digest"}


def sentences(one: Register, lines: Iterable[Line]) -> list[tuple[str, str]]:
    """(moment, sentence) for each line; names of related rows are looked up in one query a model."""
    lines = list(lines)
    data = [json.loads(line.data) for line in lines]
    names = _names(one, data)
    return [(timezone.localtime(line.at).strftime("%Y-%m-%d %H:%M"), _sentence(one, line, changed, names))
            for line, changed in zip(lines, data, strict=True)]


def _names(one: Register, data: list[dict[str, Any]]) -> dict[tuple[str, Any], str]:
    wanted: dict[str, set[Any]] = {}
    for changed in data:
        for name, pair in changed.items():
            if name.endswith("_id"):
                wanted.setdefault(name, set()).update(v for v in pair if v is not None)
    found: dict[tuple[str, Any], str] = {}
    for name, keys in wanted.items():
        if not has_field(one.model, name.removesuffix("_id")):
            continue  # a field of an earlier version of the product
        model: Any = one.model._meta.get_field(name.removesuffix("_id")).related_model
        found |= {(name, row.pk): str(row) for row in model._default_manager.filter(pk__in=keys)}
    return found


def _sentence(one: Register, line: Line, changed: dict[str, Any], names: dict[tuple[str, Any], str]) -> str:
    who = line.actor_name or _("系统")
    verbs = {
        "add": _("%(who)s登记了本记录"), "withdraw": _("%(who)s撤回了本记录"), "restore": _("%(who)s恢复了本记录"),
        "see": _("%(who)s查看了本记录"), "import": _("%(who)s导入了本记录"), "undo": _("%(who)s撤销了导入"),
        "sign-open": _("%(who)s开放了签到"), "sign-renew": _("%(who)s换了签到二维码"), "sign-close": _("%(who)s结束了签到"),
    }
    if line.verb == "reveal":
        found: list[Any] = [one.model._meta.get_field(name) for name in changed if has_field(one.model, name)]
        fields = "、".join(str(field.verbose_name) for field in found)
        text = _("%(who)s查看了完整的%(what)s") % {"who": who, "what": fields}
    elif line.verb in verbs:
        text = verbs[line.verb] % {"who": who}
    else:
        parts = [_change(one, name, pair, names) for name, pair in changed.items()
                 if name not in SKIPPED and name not in one.model.AGGREGATE_ONLY]
        shown = "；".join(p for p in parts if p)
        text = (_("%(who)s将%(what)s") % {"who": who, "what": shown} if shown
                else _("%(who)s保存了本记录，内容没有变化") % {"who": who})
    return f"{text}。{_('原因：')}{line.reason}" if line.reason else text


def _change(one: Register, name: str, pair: list[Any], names: dict[tuple[str, Any], str]) -> str:
    if name in one.lines:
        label = str(one.model._meta.get_field(name).related_model._meta.verbose_name)  # type: ignore[union-attr]
        return _("%(field)s由 %(old)d 项改为 %(new)d 项") % {"field": label, "old": len(pair[0]), "new": len(pair[1])}
    try:
        field: Any = one.model._meta.get_field(name.removesuffix("_id") if name.endswith("_id") else name)
    except FieldDoesNotExist:
        return ""  # a field of an earlier version of the product
    return _("%(field)s由“%(old)s”改为“%(new)s”") % {
        "field": field.verbose_name, "old": _shown(field, name, pair[0], names),
        "new": _shown(field, name, pair[1], names)}


def _shown(field: Any, name: str, value: Any, names: dict[tuple[str, Any], str]) -> str:
    """A value of the trail as a reader reads it."""
    if value in (None, ""):
        return EMPTY
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(field, SealedField):
        return str(value).rpartition("#")[0]  # the mark behind the mask tells values apart, not people
    words = dict(field.flatchoices) if getattr(field, "choices", None) else {}
    return str(names.get((name, value)) or words.get(value, value))


def as_of(one: Register, lines: Iterable[Line]) -> list[tuple[str, str]]:
    """(label, value) of a record's form as the given lines, oldest first, left it; empty where they do not begin it."""
    data = [json.loads(line.data) for line in lines]
    names = _names(one, data)
    values: dict[str, Any] = {}
    for changed in data:
        values |= {name: pair[1] for name, pair in changed.items() if isinstance(pair, list) and len(pair) == 2}
    if not values:
        return []
    fields: list[Any] = [one.model._meta.get_field(name) for name in one.form if name not in one.model.AGGREGATE_ONLY]
    return [(str(field.verbose_name), _shown(field, field.attname, values.get(field.attname), names)) for field in fields]
