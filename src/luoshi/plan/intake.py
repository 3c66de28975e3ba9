"""From a handed-in file to a draft plan with proposals: read in the background, written through the door at once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.jobs import Refused, Step, worker
from luoshi.engine.models import Job
from luoshi.engine.register import register
from luoshi.foundation.files import StoredFile, attach
from luoshi.foundation.places import within
from luoshi.foundation.units import Unit

from . import drafting, kinds, rules
from .models import CountRule, Helper, Measure, Method, Plan, Section
from .reading.errors import Unreadable

if TYPE_CHECKING:
    from .reading.tree import ReadMeasure, ReadPlan
    from .reading.tree import Section as ReadSection


@worker("plan.read")
def read(job: Job, actor: Actor, step: Step) -> dict[str, Any]:
    """Read the stored file of the payload {file, name, year, unit} and make the draft; goes on to the confirm page."""
    from .reading.files import read_bytes  # the readers of the formats are loaded only where one is at work
    from .reading.tree import read_plan

    payload = job.payload
    kept = StoredFile.objects.get(pk=payload["file"])
    unit = Unit.objects.get(pk=payload["unit"])
    step(0, 3, _("读取"))
    with kept.open() as stream:
        data = stream.read()
    try:
        document = read_bytes(data, kept.name)
    except Unreadable as reason:
        raise Refused(str(reason)) from reason
    step(1, 3, _("拆分"))
    found = read_plan(document, year=payload["year"])
    if not found.measures:
        raise Refused(_("没有从文件中读出措施，请核对是否选错了文件，或改为粘贴正文"))
    step(2, 3, _("写入"))
    plan = draft(actor, found, source=document.text, unit=unit, year=payload["year"], name=payload["name"], file=kept)
    step(3, 3, _("写入"))
    return {"url": reverse("plan:confirm", args=[plan.pk])}


def draft(actor: Actor, found: "ReadPlan", *, source: str, unit: Unit, year: int, name: str = "",
          file: StoredFile | None = None) -> Plan:
    """A draft plan with its sections and one proposal for each measure read; all or nothing."""
    title = found.title or name.rsplit(".", 1)[0] or _("%(year)d年工作要点") % {"year": year}
    plan: Plan = Plan(unit=unit, year=year, title=title[:200], source=source, file=file)
    codes = numbered(found.sections)
    sections = [_section(one, code, source) for one, code in zip(found.sections, codes, strict=True)]
    units = known_units(unit)
    with transaction.atomic():
        plan = write.save(actor, register("plan"), plan, lines={"sections": sections},
                          extra=lambda: _keep_file(plan, file))
        for one in found.measures:
            _propose(actor, plan, one, codes[one.section] if one.section is not None else "", units)
    return plan


def _keep_file(plan: Plan, file: StoredFile | None) -> None:
    """The original belongs to the plan from now on: whoever may read the plan may fetch it."""
    if file:
        attach(file, row=plan.pk, place=plan.place)


def numbered(sections: Sequence["ReadSection"]) -> list[str]:
    """Codes as printed ("2", "2.1") from each heading's place under the heading above it."""
    codes: list[str] = []
    children: dict[str, int] = {}
    for one in sections:
        above = codes[one.parent] + "." if one.parent is not None else ""
        children[above] = children.get(above, 0) + 1
        codes.append(f"{above}{children[above]}"[:12])
    return codes


def _section(one: "ReadSection", code: str, source: str) -> Section:
    """Only the words of the heading are marked in the text, not all that stands under it."""
    at = source.find(one.title, one.start)
    end = at + len(one.title) if one.start <= at <= one.start + 12 else min(one.end, one.start + len(one.title) + 6)
    return Section(code=code, title=one.title[:300], level=one.level, start=one.start, end=max(end, one.start))


BODIES = ("党委", "党总支", "党支部", "工会", "团委")


def known_units(unit: Unit) -> dict[str, Unit | None]:
    """{name: unit} of the issuing unit and all below it; None for a name that two of them bear.

    A plan says 规划司 where the organisation is called 规划司党委: the short name finds it too, where it is clear.
    """
    found: dict[str, Unit | None] = {}
    short: dict[str, Unit | None] = {}
    for one in Unit.objects.filter(within((unit.place,)), withdrawn=False, until__isnull=True):
        found[one.name] = None if one.name in found else one
        plain = next((one.name.removesuffix(end) for end in BODIES if one.name.endswith(end)), "")
        if plain:
            short[plain] = None if plain in short else one
    return short | found


def _propose(actor: Actor, plan: Plan, one: "ReadMeasure", code: str, units: dict[str, Unit | None]) -> Measure:
    since, due = rules.window(normalized=one.timing.normalized, year=plan.year)
    row = Measure(
        unit=plan.unit, plan=plan, section=code, text=one.text[:1000], start=one.start, end=max(one.start, one.end),
        kind=one.kind, programme="、".join(one.programmes)[:200], needs="；".join(one.needs)[:200],
        timing=one.timing.text[:100], since=since, due=due, owner=units.get(one.owner))
    helping = {unit.pk: unit for name in one.helpers if (unit := units.get(name))}
    counted = proposed_rules(one)
    lines = {"helpers": [Helper(unit=unit) for unit in helping.values()], "rules": counted}
    row = drafting.put_down(actor, row, lines=lines)
    if counted and counted[0].method == Method.MILESTONE:
        drafting.plan_steps(actor, row, [(str(title), None) for title in kinds.of(one.kind).steps])
    return row


def proposed_rules(one: "ReadMeasure") -> list[CountRule]:
    """The rule proposed by the kind: its indicator with the number the words ask for, else its steps as milestones."""
    indicator = kinds.proposed(one.kind, one.text)
    if indicator is None:
        return [CountRule(method=Method.MILESTONE)] if kinds.of(one.kind).steps else []
    target = None
    if indicator.kind in rules.COUNTED or not indicator.shared:
        target = rules.target(text=one.text, normalized=one.timing.normalized, each=kinds.of(one.kind).target)
    return [CountRule(method=indicator.kind, indicator=indicator.name, target=target)]
