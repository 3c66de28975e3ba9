"""Who can be called to a class, who of them still owes it, and the results as they are typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.engine import candidates
from luoshi.engine.actor import Actor
from luoshi.engine.register import register
from luoshi.foundation.people import COMMITTEE_POSTS, MEMBER_POSTS, STAFF_POSTS, Person, Post, held
from luoshi.foundation.units import System

from . import rules
from .models import Enrolment, Kind, Result, TrainingClass

POSTS: Mapping[str, tuple[str, ...]] = {
    Kind.ROTATION: (Post.OFFICIAL,), Kind.SCHOOL: (Post.OFFICIAL,), Kind.SECRETARY: COMMITTEE_POSTS, Kind.STAFF: STAFF_POSTS,
    Kind.DISCIPLINE: (Post.DISCIPLINE, Post.DISCIPLINE_CADRE), Kind.YOUTH: MEMBER_POSTS, Kind.MEMBER: MEMBER_POSTS,
}
OFFERED = {Kind.ACTIVIST: "activists", Kind.OBJECT: "objects"}  # from the development of members
ROTATED = (Kind.ROTATION, Kind.SCHOOL)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One who can be called: since when, when last in such a class, what is owed, and whether this class has them already."""

    person: Person
    since: date
    last: date | None
    owed: int  # class hours of the five years; 0 for other classes
    trained: bool
    new: bool  # since the last class of this kind

    @property
    def order(self) -> tuple[Any, ...]:
        """Those who owe it first, of them who was never in one, then by how long ago; a queue, no ranking of anybody's work."""
        return self.trained, self.last is not None, self.last or self.since, self.person.strokes, self.person.pk


def candidates_of(training: TrainingClass, actor: Actor) -> list[Candidate]:
    """Everybody the reader may see who can be called to a class, those who still owe it first."""
    since = _called(training, actor)
    people = {one.pk: one for one in Person.objects.filter(pk__in=since, withdrawn=False).select_related("unit")}
    last, attended = _attended(actor, training.kind, people)
    before = TrainingClass.objects.filter(kind=training.kind, unit=training.unit, withdrawn=False, ends_on__lt=training.starts_on) \
        .order_by("-ends_on").values_list("ends_on", flat=True).first()
    enrolled = set(Enrolment.objects.filter(training=training, withdrawn=False).values_list("person", flat=True))
    found = []
    for pk, person in people.items():
        if pk in enrolled:
            continue
        hours, days = attended.get(pk, (0, 0))
        owed = rules.rotation_gap(hours=hours, days=days) if training.kind in ROTATED else 0
        trained = not owed if training.kind in ROTATED else pk in last and last[pk] >= since[pk]
        found.append(Candidate(person, since[pk], last.get(pk), owed, trained, before is not None and since[pk] > before))
    return sorted(found, key=lambda one: one.order)


def _called(training: TrainingClass, actor: Actor) -> dict[int, date]:
    if training.kind in OFFERED:
        return candidates.called(OFFERED[Kind(training.kind)], actor)
    posts = POSTS.get(training.kind, ())
    rows = register("position").rows(actor).filter(held(actor.today), post__in=posts, unit__system=System.PARTY)
    found: dict[int, date] = {}
    for person, since, born in rows.values_list("person", "since", "person__born"):
        if training.kind != Kind.YOUTH or rules.young(born=born, today=actor.today):
            found[person] = max(since, found.get(person, since))
    return found


def _attended(actor: Actor, kind: str, people: Iterable[int]) -> tuple[dict[int, date], dict[int, tuple[int, int]]]:
    """(when each was last in a class of the kind, hours and days of the five years) from finished enrolments."""
    last: dict[int, date] = {}
    sums: dict[int, tuple[int, int]] = {}
    rows = register("enrolment").rows(actor).filter(result=Result.COMPLETED, person__in=list(people))
    for person, of, ends, hours, days, recognised in rows.values_list(
            "person", "training__kind", "training__ends_on", "hours", "training__days", "training__recognised"):
        if of == kind:
            last[person] = max(ends, last.get(person, ends))
        if recognised and rules.FIVE_YEARS[0] <= ends <= rules.FIVE_YEARS[1]:
            before = sums.get(person, (0, 0))
            sums[person] = before[0] + (hours or 0), before[1] + days
    return last, sums


@dataclass(frozen=True, slots=True)
class Official:
    """A leading cadre and the five-year window."""

    person: Person
    unit: str
    hours: int
    days: int
    owed: int
    last: date | None


def officials(actor: Actor) -> list[Official]:
    """Leading cadres the reader may see, those first who owe most and whose last course is longest ago."""
    rows = register("position").rows(actor).filter(held(actor.today), post=Post.OFFICIAL, unit__system=System.PARTY)
    people = {one.person_id: (one.person, one.unit.name) for one in rows.select_related("person", "unit")}
    last, sums = _attended(actor, Kind.ROTATION, people)
    found = []
    for pk, (person, unit) in people.items():
        hours, days = sums.get(pk, (0, 0))
        found.append(Official(person, unit, hours, days, rules.rotation_gap(hours=hours, days=days), last.get(pk)))
    return sorted(found, key=lambda one: (not one.owed, one.last is not None, one.last or date.min, one.person.strokes, one.person.pk))


def typed(rows: Iterable[Enrolment], sent: Mapping[str, str]) -> tuple[list[Enrolment], dict[int, str]]:
    """(rows whose result was changed by what was sent, {position in them: a number that is none})."""
    changed: list[Enrolment] = []
    wrong: dict[int, str] = {}
    for row in rows:
        hours, leave = (sent.get(f"{name}-{row.pk}", "").strip() for name in ("hours", "leave"))
        result = sent.get(f"result-{row.pk}", row.result)
        if f"result-{row.pk}" not in sent:
            continue
        bad = [one for one in (hours, leave) if one and not (one.isdecimal() and len(one) < 5)]
        now = (int(hours) if hours and not bad else None, int(leave or 0) if not bad else 0,
               result if result in Result.values else row.result)
        if bad or now != (row.hours, row.leave_hours, row.result):
            row.hours, row.leave_hours, row.result = now
            version = sent.get(f"version-{row.pk}", "")
            row.version = int(version) if version.isdecimal() else row.version
            if row.result != Result.COMPLETED:
                row.certificate = ""
            if bad:
                wrong[len(changed)] = bad[0]
            changed.append(row)
    return changed, wrong


def numbered(training: TrainingClass, rows: Iterable[Enrolment]) -> None:
    """Give those who finish the next certificate numbers of the class: year, class, running number."""
    stem = f"{training.ends_on.year}-{training.pk:04d}-"
    given = Enrolment.objects.filter(training=training, certificate__startswith=stem).values_list("certificate", flat=True)
    n = max((int(one[len(stem):]) for one in given if one[len(stem):].isdecimal()), default=0)
    for row in rows:
        if row.result == Result.COMPLETED and not row.certificate:
            n += 1
            row.certificate = f"{stem}{n:03d}"
