"""Records of a packet through the write door, one by one: the same words of refusal as the form, each exactly once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from luoshi.foundation.units import Unit

from .. import forms, write
from ..actor import Actor
from ..register import Register
from . import wire
from .carried import carried, ways
from .wire import Unaccepted

MOST_RECORDS = 60  # in one packet
NAMES = ("topic", "title", "name", "matter")  # fields by which a record is called


@dataclass(frozen=True, slots=True)
class Sent:
    """One record as it was sent; `mark` is the fingerprint of what it says."""

    key: str
    register: str
    values: Mapping[str, str]
    lines: Mapping[str, list[dict[str, str]]]
    mark: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a record: "new" (or taken just now), "taken" before, or "refused" with the form's sentences."""

    sent: Sent
    state: str
    label: str
    summary: str
    reasons: tuple[str, ...] = ()
    row: int | None = None


After = Callable[[Outcome], None]  # runs inside the transaction of a record that was just saved


def parsed(content: Any) -> list[Sent]:
    """The records of an opened packet. Raises Unaccepted where its shape is not that of a packet."""
    records = content.get("records") if isinstance(content, dict) else None
    if not isinstance(records, list) or len(records) > MOST_RECORDS:
        raise Unaccepted("unreadable")
    return [_sent(one) for one in records]


def _sent(one: Any) -> Sent:
    if not isinstance(one, dict) or not all(isinstance(one.get(name), str) for name in ("key", "register")):
        raise Unaccepted("unreadable")
    key, lines = one["key"], one.get("lines") or {}
    if not (len(key) == 32 and key.isascii() and key.isalnum() and isinstance(lines, dict)):
        raise Unaccepted("unreadable")
    parts = {str(name): [_texts(each) for each in its] for name, its in lines.items() if isinstance(its, list)}
    values = _texts(one.get("values"))
    mark = wire.fingerprint(wire.canonical([one["register"], values, parts]))[:16]
    return Sent(key, one["register"], values, parts, mark)


def _texts(values: Any) -> dict[str, str]:
    if not isinstance(values, dict) or not all(isinstance(v, str) for v in values.values()):
        raise Unaccepted("unreadable")
    return {str(name): value.replace("\x00", "") for name, value in values.items()}


def take(actor: Actor, unit: Unit, records: list[Sent], *, reason: str, after: After) -> list[Outcome]:
    """Save each record as `actor` in `unit`; those refused change nothing, the others stay."""
    known = {one.name: one for one in carried(actor, unit)}
    return [_take(actor, unit, known.get(one.register), one, reason, after) for one in records]


def tried(actor: Actor, unit: Unit, records: list[Sent]) -> list[Outcome]:
    """What `take` would say now: it is done and undone, so that both can never differ."""
    with transaction.atomic():
        found = take(actor, unit, records, reason="", after=lambda _outcome: None)
        transaction.set_rollback(True)
    return [Outcome(one.sent, one.state, one.label, one.summary, one.reasons, one.row if one.state == "taken" else None)
            for one in found]


def _take(actor: Actor, unit: Unit, one: Register | None, sent: Sent, reason: str, after: After) -> Outcome:
    if one is None:
        why = _("签发对象现在没有登记此项的权限，请联系本单位的系统管理人员")
        return Outcome(sent, "refused", sent.register, first_words(sent), (why,))
    form, parts = read(actor, unit, one, sent)
    reasons = _faults(form, parts)
    if not reasons:
        try:
            return _kept(actor, one, form, parts, sent, reason, after)
        except write.Repeated as again:
            return Outcome(sent, "taken", one.label, first_words(sent), row=again.pk)
        except PermissionDenied as error:
            reasons = [str(error)]
        except ValidationError as error:
            forms.take_errors(form, error)
            reasons = _faults(form, parts)
    return Outcome(sent, "refused", one.label, first_words(sent), tuple(reasons))


def _kept(actor: Actor, one: Register, form: Any, parts: Mapping[str, list[Any]], sent: Sent, reason: str,
          after: After) -> Outcome:
    lines = {name: forms.sound_lines(found)[0] for name, found in parts.items()}
    row = form.instance
    made: list[Outcome] = []

    def note() -> None:
        made.append(Outcome(sent, "new", one.label, str(row)[:200], row=row.pk))
        after(made[0])

    write.save(actor, one, row, lines=lines, key=f"packet-{sent.key}", reason=reason, extra=note)
    return made[0]


def read(actor: Actor, unit: Unit, one: Register, sent: Sent) -> tuple[Any, dict[str, list[Any]]]:
    """The register's own form, filled with what was sent: the unit is the packet's, whatever the record says."""
    data = QueryDict(mutable=True)
    for name, value in sent.values.items():
        data[name] = value
    data["unit"] = str(unit.pk)
    for name in one.lines:
        for i, values in enumerate(sent.lines.get(name, [])[:forms.MOST_LINES]):
            for field, value in values.items():
                data[f"{name}-{i}-{field}"] = value
    for name, (whole, part) in ways(one.name).rest.items():
        total = sent.values.get(whole, "").strip()
        if not sent.values.get(name, "").strip() and total.isdecimal() and len(total) < 10:
            data[name] = str(max(int(total) - len(sent.lines.get(part, [])), 0))
    return forms.form_class(one, actor)(data, instance=one.model()), {
        name: forms.line_forms(one, name, actor, data) for name in one.lines}


def _faults(form: Any, parts: Mapping[str, list[Any]]) -> list[str]:
    found = [said for _spot, said in forms.errors_of(form)]
    for lines in parts.values():
        found += [said for one in lines if one.has_changed() for _spot, said in forms.errors_of(one)]
    return found


def first_words(sent: Sent) -> str:
    """How a record that is not stored is named: its day, and its title or else its longest text."""
    days = [v for v in sent.values.values() if len(v) == 10 and v[4:5] == "-"]
    named = [sent.values[name] for name in NAMES if sent.values.get(name)]
    texts = named or sorted((v for v in sent.values.values() if v not in days), key=len, reverse=True)
    return " ".join([*days[:1], *texts[:1]])[:60]
