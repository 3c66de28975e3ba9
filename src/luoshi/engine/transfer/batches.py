"""Import in three steps: check a file and show what each row would do, write it as one batch, undo the batch."""

from collections import Counter
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.foundation import trail
from luoshi.foundation.files import StoredFile, clean_name, store
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Person
from luoshi.foundation.trail import Deed
from luoshi.foundation.units import Unit

from .. import bulk, jobs, write
from ..actor import Actor
from ..forms import choosable, related
from ..models import Batch, BatchRow, Job
from ..register import Register, register
from . import fields, refusals, sheets

State = BatchRow.State


def take(actor: Actor, one: Register, data: bytes, name: str) -> Job:
    """Keep the file and queue its check. Raises Unreadable at once for what is no table."""
    sheet = sheets.read(data, name)
    one.require(actor, Verb.ADD)
    name = clean_name(name)
    refusals.refuse_marked(sheet.rows, data, name)
    dropped = refusals.drop(sheet.rows)
    if dropped:
        tidied = [[fields.tidy(cell) for cell in row] for row in sheet.rows]
        data = sheets.write_csv(tidied[0], tidied[1:])  # the file as sent is not kept
    batch = Batch.objects.create(register=one.name, name=name[:200], account=actor.id)
    store(data, name=name, register="import", row=batch.pk, by=actor.id)
    return jobs.start(actor, "import.check", _("检查 %(name)s") % {"name": name[:80]},
                      {"batch": batch.pk, "dropped": dropped})


@jobs.worker("import.check")
def check(job: Job, actor: Actor, step: jobs.Step) -> dict[str, Any]:
    """Read the file again, decide for each row, store the preview."""
    batch = Batch.objects.get(pk=job.payload["batch"])
    kept = StoredFile.objects.get(register="import", row=batch.pk)
    one = register(batch.register)
    with kept.open() as source:
        sheet = sheets.read(source.read(), kept.name)
    at, mapping = find_header(one, sheet.rows)
    if not mapping:
        raise jobs.Refused(_("没有找到表头。第一行应有这些栏目：%(names)s") % {"names": "、".join(labels(one))})
    preview(batch, one, actor, sheet, at, mapping, step)
    return {"url": f"/r/{one.name}/import/{batch.pk}/"}


def labels(one: Register) -> list[str]:
    return [str(one.model._meta.get_field(name).verbose_name) for name in one.form]  # type: ignore[union-attr]


def find_header(one: Register, rows: list[list[Any]]) -> tuple[int, dict[int, str]]:
    """The row among the first twenty that names most fields, and position → field; title rows above are skipped."""
    known = {word: name for name in one.form for word in fields.names_of(one.model._meta.get_field(name))}
    best: tuple[int, dict[int, str]] = (0, {})
    for at, row in enumerate(rows[:20]):
        mapping: dict[int, str] = {}
        for i, cell in enumerate(row):
            name = known.get(fields.heading(cell))
            if name and name not in mapping.values():
                mapping[i] = name
        if len(mapping) > len(best[1]):
            best = (at, mapping)
    return best


def preview(batch: Batch, one: Register, actor: Actor, sheet: sheets.Sheet, at: int, mapping: dict[int, str],
            step: jobs.Step) -> None:
    """One BatchRow a filled row: new, change, same or error, with a reason and where."""
    rows = [(sheet.first + at + 1 + n, row) for n, row in enumerate(sheet.rows[at + 1:])
            if any(fields.tidy(cell) for cell in row)]
    parsed = parse(one, actor, [row for _line, row in rows], mapping, step)
    judged = judge(one, actor, parsed)
    BatchRow.objects.filter(batch=batch).delete()
    BatchRow.objects.bulk_create([
        BatchRow(batch=batch, line=line, cells=[fields.tidy(cell) for cell in row], state=state, reasons=reasons,
                 row=made.pk, version=made.version)
        for (line, row), (made, state, reasons) in zip(rows, judged, strict=True)], batch_size=1000)
    batch.header = [fields.tidy(cell) for cell in sheet.rows[at]]
    batch.mapping = {str(i): name for i, name in mapping.items()}
    batch.counts = dict(Counter(str(state) for _made, state, _why in judged))
    batch.state = Batch.State.READY
    batch.save()


Parsed = tuple[dict[str, Any], list[list[Any]]]  # values by field, [[position, why]]


def parse(one: Register, actor: Actor, rows: list[list[Any]], mapping: dict[int, str], step: jobs.Step) -> list[Parsed]:
    """Cells to values, related rows looked up for the whole file at once."""
    kinds: dict[int, Any] = {i: one.model._meta.get_field(name) for i, name in mapping.items()}
    lookups = {i: _lookup(one, actor, field, {fields.tidy(row[i]) for row in rows if i < len(row)})
               for i, field in kinds.items() if field.is_relation}
    found = []
    for n, row in enumerate(rows):
        values: dict[str, Any] = {}
        why: list[list[Any]] = []
        for i, field in kinds.items():
            try:
                values[field.name] = fields.to_python(field, row[i] if i < len(row) else "", lookups.get(i))
            except ValidationError as error:
                why.append([i, " ".join(error.messages)])
        found.append((values, why))
        step(n + 1, len(rows), _("检查"))
    return found


def _lookup(one: Register, actor: Actor, field: Any, texts: set[str]) -> fields.Lookup:
    model = field.related_model
    if model in (Unit, Person):
        return fields.lookup_in(choosable(model, one, actor, field.name), ["code" if model is Unit else "number"], texts)
    rows = related(field, one, actor)
    return fields.lookup_in(model._default_manager.all() if rows is None else rows, [], texts)


def judge(one: Register, actor: Actor, parsed: list[Parsed]) -> list[tuple[Any, str, list[list[Any]]]]:
    """(row, state, reasons) for each: rules asked, stored rows with the same key found in one query a field set."""
    stored = _by_key(one, actor, [values for values, why in parsed if not why])
    seen: set[Any] = set()
    found = []
    for values, why in parsed:
        key = key_of(one, values) if not why else None
        row = stored.get(key) if key else None
        made = row if row is not None else one.model()
        old = write.values(made) if row is not None else {}
        if key is not None and key in seen:  # it must not touch the row of the line that it repeats
            why = [[None, _("文件中前面已有相同的一行，请删去重复的一行")]]
        if not why:
            seen.add(key)
            for name, value in values.items():
                setattr(made, name, value)
            why = _problems(actor, made, old)
        state = State.ERROR if why else State.NEW
        if row is not None and not why:
            state = State.CHANGE if write.difference(old, write.values(made)) else State.SAME
        found.append((made, str(state), why))
    return found


def _problems(actor: Actor, row: Any, before: dict[str, Any]) -> list[list[Any]]:
    try:
        row.settle()
        write.check(row, today=actor.today, unique=False)
        write.check_open(actor, row, before)
    except ValidationError as error:
        return [[None, message] for message in error.messages]
    except ObjectDoesNotExist:
        return [[None, _("文件没有“%(name)s”一栏，请补上后重新导入") % {"name": row._meta.get_field("unit").verbose_name}]]
    return []


def key_of(one: Register, values: dict[str, Any]) -> Any:
    """The key of a row as comparable values; None where the register has none or the file does not name it all."""
    if not one.key or any(name not in values for name in one.key):
        return None
    return tuple(getattr(values[name], "pk", values[name]) for name in one.key)


def _by_key(one: Register, actor: Actor, rows: list[dict[str, Any]]) -> dict[Any, Any]:
    """Stored rows that the file's keys meet, through the reading door."""
    keys = [key for values in rows if (key := key_of(one, values))]
    if not keys:
        return {}
    found: dict[Any, Any] = {}
    wanted = set(keys)
    firsts = list({key[0] for key in keys})
    for start in range(0, len(firsts), 400):
        narrowed = one.rows(actor, Verb.CHANGE).filter((f"{one.key[0]}__in", firsts[start:start + 400]))
        for row in narrowed:
            key = tuple(one.model._meta.get_field(n).value_from_object(row) for n in one.key)  # type: ignore[union-attr]
            if key in wanted:
                found[key] = row
    return found


def write_batch(actor: Actor, batch: Batch) -> dict[str, int]:
    """Write the rows that are new or changed; everything is checked again, as time has passed since the preview."""
    one = register(batch.register)
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.state != Batch.State.READY:
            raise ValidationError(_("这一批已经写入，无需再次确认"))
        rows = list(batch.rows.filter(state__in=[State.NEW, State.CHANGE]).order_by("line"))
        mapping = {int(i): name for i, name in batch.mapping.items()}
        parsed = parse(one, actor, [row.cells for row in rows], mapping, lambda *_a: None)
        judged = judge(one, actor, parsed)
        sound = [(row, made) for row, (made, _state, why) in zip(rows, judged, strict=True) if not why]
        refused = bulk.save_many(actor, one, [made for _row, made in sound], batch=f"import-{batch.pk}")
        for i, (row, made) in enumerate(sound):
            if i in refused:
                row.state, row.reasons = State.ERROR, [[None, " ".join(refused[i].messages)]]
            else:
                row.row, row.version = made.pk, made.version
        for row, (_made, _state, why) in zip(rows, judged, strict=True):
            if why:
                row.state, row.reasons = State.ERROR, why
        BatchRow.objects.bulk_update(rows, ["state", "reasons", "row", "version"], batch_size=500)
        batch.counts = dict(Counter(batch.rows.values_list("state", flat=True)))
        batch.state, batch.written_at = Batch.State.WRITTEN, timezone.now()
        batch.save()
    return dict(batch.counts)


def undo(actor: Actor, batch: Batch) -> None:
    """Take a written batch back whole; refused, not forced, where someone has since touched one of its rows."""
    one = register(batch.register)
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.state != Batch.State.WRITTEN:
            raise ValidationError(_("这一批没有写入或已经撤销"))
        done = {row.row: row for row in batch.rows.filter(state__in=[State.NEW, State.CHANGE])}
        written = batch.rows.filter(state__in=[State.NEW, State.CHANGE]).values("row")
        rows = list(one.model._default_manager.select_for_update().filter(pk__in=written))
        touched = [row for row in rows if row.version != done[row.pk].version]
        if touched:
            raise ValidationError(_("有 %(n)d 条记录在导入后又被修改（如“%(row)s”），不能整批撤销，请逐条处理")
                                  % {"n": len(touched), "row": touched[0]})
        try:
            with transaction.atomic():
                _revert(actor, one, batch, rows, done)
        except IntegrityError as error:
            raise ValidationError(_("导入之后又有了相同的记录，不能整批撤销，请逐条处理")) from error
        batch.state = Batch.State.UNDONE
        batch.save()


def _revert(actor: Actor, one: Register, batch: Batch, rows: list[Any], done: dict[int | None, BatchRow]) -> None:
    earlier = {line.row: trail.loads(line.data) for line in trail.Line.objects.filter(
        batch=f"import-{batch.pk}", register=one.name)}
    deeds = []
    for row in rows:
        one.require_row(actor, Verb.CHANGE, row)
        now = write.values(row)
        if done[row.pk].state == State.NEW:
            row.withdrawn = True
        else:
            for name, (old, _new) in earlier[row.pk].items():
                field = next(f for f in row._meta.concrete_fields if f.attname == name)
                setattr(row, name, field.to_python(old))
            row.settle()
        row.version += 1
        row.changed_at = timezone.now()
        deeds.append(Deed("undo", one.name, row.pk, getattr(row, "unit_id", row.pk), row.place,
                          write.difference(now, write.values(row)), f"undo-{batch.pk}"))
    names = [f.name for f in one.model._meta.concrete_fields if f.name not in ("id", "created_at")]
    one.model._default_manager.bulk_update(rows, names, batch_size=200)
    trail.append(deeds, actor=actor.id, actor_name=actor.name, at=timezone.now())
