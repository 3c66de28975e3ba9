"""Cases of developing members at every stage: applicants, activists, objects, all who are on probation, some converted."""

from datetime import date, timedelta
from random import Random
from typing import Any

from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.bulk import save_many
from luoshi.engine.register import register
from luoshi.foundation.people import MEMBER_POSTS, Person, Position, Post
from luoshi.kernel.periods import add_months
from luoshi.kernel.workdays import is_workday, next_workday
from luoshi.registers.membership.models import Case, Notice, Objection, Review
from luoshi.registers.membership.models.development_words import DATES
from luoshi.registers.membership.rules import development as rules

from . import names
from .people import Crew
from .units import Branch, Tree, dice

STAGES = ("applied", "activist", "object")
CONVERTED, WAITING = 20, 4  # of the last, one was extended and the others are overdue
BEFORE = ("talk", "activist", "activist_file", "contacts", "object", "consent", "list", "sponsors", "political", "train",
          "committee", "prereview", "form", "meeting", "interview", "approve", "upfile", "assign", "oath")
GAPS = {"talk": (5, 28), "activist": (60, 120), "activist_file": (7, 20), "contacts": (3, 10), "object": (370, 400),
        "consent": (7, 20), "list": (9, 12), "sponsors": (3, 10), "political": (15, 40), "train": (20, 40),
        "committee": (7, 20), "prereview": (10, 20), "form": (2, 6), "meeting": (5, 18), "interview": (10, 20),
        "approve": (15, 50), "upfile": (3, 8), "assign": (1, 5), "oath": (5, 20)}


def build(actor: Actor, tree: Tree, crew: Crew) -> None:
    """Applications first, then reviews, notices and the steps, each in one batch."""
    roll = dice("development")
    drafts = [*_new(actor, tree, crew, roll), *_admitted(actor, tree, crew, roll)]
    cases = [Case(unit=branch.unit, person=person, applied_on=facts["applied_on"]) for branch, person, facts in drafts]
    _save(actor, "development", cases)
    _save(actor, "development_review", [row for case, (_b, _p, facts) in zip(cases, drafts, strict=True)
                                        for row in _reviews(case, facts, actor.today, roll)])
    notices = []
    for case, (_branch, _person, facts) in zip(cases, drafts, strict=True):
        for name, value in facts.items():
            setattr(case, name, value)
        notices += _notices(case, actor.today)
    _save(actor, "development_notice", notices)
    _save(actor, "development", cases)
    if running := [one for one in notices if one.closed_on is None]:
        got = Objection(received_on=running[0].posted_on, channel="letter")
        write.save(actor, register("development_notice"), running[0], lines={"objections": [got]})


def _save(actor: Actor, name: str, rows: list[Any]) -> None:
    if refused := save_many(actor, register(name), rows, verb="add"):
        raise RuntimeError(f"{name} refused: {dict(list(refused.items())[:3])}")


Draft = tuple[Branch, Person, dict[str, Any]]


def _able(crew: Crew, branch: Branch, day: date) -> list[Person]:
    """Who may be contact person or sponsor: full members of the branch on that day."""
    return [p for p in crew.members[branch.unit.pk] if p.joined and add_months(p.joined, 12) <= day
            and branch.unit.since <= day]


def _new(actor: Actor, tree: Tree, crew: Crew, roll: Random) -> list[Draft]:
    """People who are no members yet, about one for every four branches, in the first three stages."""
    chosen = roll.sample(tree.branches, max(6, len(tree.branches) * 3 // 10))
    people, stages, named = [], [], names.people(roll)
    for n, branch in enumerate(chosen):
        born = actor.today - timedelta(days=roll.randrange(22 * 366, 38 * 366))
        people.append(Person(unit=branch.unit, name=next(named), number=f"Q{n + 1:05d}", born=born))
        stages.append(STAGES[n % 3])
    _save(actor, "person", people)
    back = {"applied": (4, 50), "activist": (150, 480), "object": (540, 680)}
    return [(branch, person, _facts(crew, branch, actor.today - timedelta(days=roll.randrange(*back[stage])), actor.today, roll))
            for branch, person, stage in zip(chosen, people, stages, strict=True)]


def _admitted(actor: Actor, tree: Tree, crew: Crew, roll: Random) -> list[Draft]:
    """Whoever joined within a year is on probation; of those who joined in the year before, some with their conversion."""
    found, converted, waiting = [], 0, 0
    for branch in tree.branches:
        for person in crew.members[branch.unit.pk]:
            joined = person.joined or date.min
            age = (actor.today - joined).days
            old = 380 < age < 700 and converted < CONVERTED
            if not (15 < age < 365 or old) or joined < branch.unit.since:
                continue
            facts = _back(crew, branch, joined, actor.today, roll)
            if facts is None or len(_able(crew, branch, facts["contacts_on"])) < 2:
                continue
            if 400 < age < 540 and waiting < WAITING:
                waiting += 1
                _wait(actor, person, facts, extended=waiting == 1)
            elif old:
                converted += 1
                _convert(facts, crew, branch, actor.today)
            found.append((branch, person, facts))
    return found


def _worked(day: date) -> date:
    return day if is_workday(day) else next_workday(day)


def _facts(crew: Crew, branch: Branch, applied: date, today: date, roll: Random) -> dict[str, Any]:
    """The steps from an application on, as far as the days have come; a few are left waiting."""
    facts: dict[str, Any] = {"applied_on": applied}
    day = applied
    slow = roll.random() < 0.2
    for code in BEFORE[:BEFORE.index("prereview") + 1]:
        day = _worked(day + timedelta(days=roll.randrange(*GAPS[code]) + (40 if slow and code == "talk" else 0)))
        if code == "list":
            day = max(day, rules.notice_end(posted=_posted(facts)))
        if day > today or (code == "contacts" and len(_able(crew, branch, day)) < 2):
            break
        facts |= _step(code, day, crew, branch, facts, roll)
    return facts


def _back(crew: Crew, branch: Branch, met: date, today: date, roll: Random) -> dict[str, Any] | None:
    """The steps that led to a branch meeting on a day, found by going back from it; None where the branch is too young."""
    days: dict[str, date] = {"meeting": met}
    day = met
    upto = BEFORE.index("meeting")
    for later, code in zip(reversed(BEFORE[1:upto + 1]), reversed(BEFORE[:upto]), strict=True):
        day -= timedelta(days=max(roll.randrange(*GAPS[later]), 14 if later == "list" else 0))
        days[code] = day
    facts: dict[str, Any] = {"applied_on": day - timedelta(days=20)}
    if facts["applied_on"] < branch.unit.since or len(_able(crew, branch, days["contacts"])) < 2:
        return None
    for code in BEFORE[:upto + 1]:
        facts |= _step(code, days[code], crew, branch, facts, roll)
    day = met
    for code in BEFORE[upto + 1:]:
        day += timedelta(days=roll.randrange(*GAPS[code]))
        if day > today:
            break
        facts |= _step(code, day, crew, branch, facts, roll)
    # Whoever the demo shows as on probation has been approved.
    if "approved_on" not in facts:
        facts |= _step("interview", min(met + timedelta(days=7), today), crew, branch, facts, roll)
        facts |= _step("approve", today, crew, branch, facts, roll)
    return facts


def _posted(facts: dict[str, Any]) -> date:
    return _worked(facts["consented_on"] + timedelta(days=1))


def _step(code: str, day: date, crew: Crew, branch: Branch, facts: dict[str, Any], roll: Random) -> dict[str, Any]:
    """A step with what its form asks."""
    found: dict[str, Any] = {DATES[code]: day}
    number = f"〔{day.year}〕{roll.randrange(1, 90)}号"
    match code:
        case "talk":
            found["talked_by"] = crew.secretary[branch.unit.pk]
        case "activist":
            found["recommended"] = roll.choice(("members", "league"))
        case "contacts":
            found["contact_first"], found["contact_second"] = roll.sample(_able(crew, branch, day)[:8], 2)
        case "object":
            found["heard_on"] = day - timedelta(days=5)
        case "consent":
            found["consent_paper"] = f"远党批{number}"
        case "sponsors":
            found |= {"sponsor_first": facts["contact_first"], "sponsor_second": facts["contact_second"]}
        case "political":
            found |= {"political_result": "pass", "political_body": branch.unit.name, "political_paper": f"审{number}"}
        case "train":
            found |= {"training_days": 3, "training_hours": 24, "training_paper": f"训{number}"}
        case "prereview":
            found["prereview_paper"] = f"远党预{number}"
        case "meeting":
            found |= _vote("admit", crew, branch, day, roll)
        case "interview":
            found["interviewed_by"] = "组织员"
        case "approve":
            found["approval_paper"] = f"远党批{number}"
    return found


def _vote(which: str, crew: Crew, branch: Branch, day: date, roll: Random) -> dict[str, int]:
    entitled = max(3, len(_able(crew, branch, day)))
    present = max(entitled // 2 + 1, entitled - roll.randrange(0, 3))
    return {f"{which}_entitled": entitled, f"{which}_present": present, f"{which}_yes": present, f"{which}_no": 0,
            f"{which}_abstain": 0}


def _convert(facts: dict[str, Any], crew: Crew, branch: Branch, today: date) -> None:
    """Converted on the day probation ended."""
    end = add_months(facts["admitted_on"], 12)
    facts |= {"conversion_applied_on": end - timedelta(days=10), "conversion_checked_on": end - timedelta(days=3),
              "converted_on": end, "by_organisation": True, **_vote("convert", crew, branch, end, dice("votes"))}
    approved = end + timedelta(days=25)
    if approved <= today:
        facts |= {"conversion_approved_on": approved, "conversion_paper": f"远党批〔{approved.year}〕{approved.day}号"}


def _wait(actor: Actor, person: Person, facts: dict[str, Any], *, extended: bool) -> None:
    """Still on probation after a year: extended once, or simply not decided; the post of a full member falls away."""
    if extended:
        facts |= {"extended_on": add_months(facts["admitted_on"], 12), "extension_months": 6}
    door = register("position")
    for row in Position.objects.filter(person=person, post__in=MEMBER_POSTS, withdrawn=False, since__gte=facts["admitted_on"]):
        if row.post == Post.MEMBER:
            write.withdraw(actor, door, row, reason="预备期未满")
        else:
            row.until = None
            write.save(actor, door, row)


def _reviews(case: Case, facts: dict[str, Any], today: date, roll: Random) -> list[Review]:
    """The half-yearly reviews that have been held; a few branches are behind with the last."""
    spans = [(Review.Kind.ACTIVIST, facts.get("activist_on"), facts.get("admitted_on")),
             (Review.Kind.PROBATION, facts.get("admitted_on"), facts.get("converted_on"))]
    made = []
    for kind, since, until in spans:
        due = rules.reviews_due(since=since, until=min(until or today, today)) if since else []
        kept = due[:-1] if due and until is None and roll.random() < 0.08 else due
        for n, day in enumerate(kept, start=1):
            held = day - timedelta(days=roll.randrange(1, 20)) if roll.random() < 0.94 else min(day + timedelta(days=9), today)
            who = facts.get("contact_first")
            made.append(Review(unit=case.unit, case=case, kind=kind, number=n, due_on=day, held_on=held, reviewer=who,
                               report_on=held - timedelta(days=2)))
    return made


def _notices(case: Case, today: date) -> list[Notice]:
    """A notice for each consent under the text of 2026; those of the last days still run."""
    if case.consented_on is None or (case.listed_on and case.listed_on < rules.REVISED):
        return []
    posted = _worked(case.consented_on + timedelta(days=1))
    if posted > today:
        return []
    ends = rules.notice_end(posted=posted)
    closed = case.listed_on or (ends if ends <= today else None)
    return [Notice(unit=case.unit, case=case, posted_on=posted, where="办公楼一层公告栏", contact="机关党委办公室 内线 6100",
                   closed_on=closed, result="clear" if closed else "")]
