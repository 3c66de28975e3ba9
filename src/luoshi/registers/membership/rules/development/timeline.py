"""Where a case stands on a day: each step done, next, waiting or late, with its dates and the article that says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from luoshi.kernel.periods import add_months

from . import dates
from .facts import Facts, phase
from .steps import BY_CODE, FLOW, Step, article_of

SOON = 30  # days
BEFOREHAND = 1  # month before probation ends, from which the page names the application for conversion; our own choice


@dataclass(frozen=True, slots=True)
class Mark:
    """A step on a day. state: "done", "next", "waiting", "late" (due and not done), "skipped" (not asked by its text).

    `late` says that a done step came after its due day. `due` and `earliest` are None where no text names one.
    """

    code: str
    number: str
    actor: str
    state: str
    on: date | None
    due: date | None
    earliest: date | None
    version: str
    article: str
    needs: tuple[str, ...] = ()
    late: bool = False
    repeated: int = 0  # reviews held, where the step is repeated


OPEN = ("applied", "activist", "object", "probation")


def timeline(*, facts: Facts, today: date, calendar: Mapping[date, bool] | None = None) -> list[Mark]:
    """One mark for each step of the ordinary way, in its order."""
    running = phase(facts=facts) in OPEN or ("convert_approve" in facts.on and "cancel" not in facts.on
                                             and "end" not in facts.on)
    return [_mark(step, facts, today, calendar, running) for step in FLOW]


def pressing(*, marks: list[Mark], today: date) -> list[Mark]:
    """What is late or due within thirty days, the earliest due first."""
    found = [one for one in marks if one.state == "late" or (
        one.state == "next" and one.due is not None and (one.due - today).days <= SOON)]
    return sorted(found, key=lambda one: (one.due or date.max, one.code))


def _mark(step: Step, facts: Facts, today: date, calendar: Mapping[date, bool] | None, running: bool) -> Mark:
    if step.code in ("cultivate", "probation"):
        return _repeated(step, facts, today, running)
    on = _date(step, facts)
    version = dates.version_on(day=on or today)
    due, earliest = _due(step.code, facts, version), _earliest(step.code, facts, calendar)
    article = article_of(step=step, version=version)
    if facts.done(step.code):
        return Mark(step.code, step.number, step.actor, "done", on, due, earliest, version, article,
                    late=bool(due and on and on > due))
    if step.since_2026 and _without(step, facts, version):
        return Mark(step.code, step.number, step.actor, "skipped", None, None, None, version, article)
    needs = _lacking(step, facts, today)
    state = "waiting"
    if running and not needs:
        state = "late" if due and due < today else "waiting" if earliest and earliest > today else "next"
    return Mark(step.code, step.number, step.actor, state, on, due, earliest, version, article, needs)


def _lacking(step: Step, facts: Facts, today: date) -> tuple[str, ...]:
    needs = [before for before in step.after if not facts.done(before)]
    if step.code == "list" and dates.version_on(day=today) == dates.VERSION_2026 and not facts.done("notice"):
        needs.append("notice")
    return tuple(needs)


def _without(step: Step, facts: Facts, version: str) -> bool:
    """Whether the step was not asked for: the case was listed before its text applied."""
    listed = facts.on.get("list")
    return version == dates.VERSION_2014 or (listed is not None and dates.version_on(day=listed) == dates.VERSION_2014)


def _date(step: Step, facts: Facts) -> date | None:
    if step.code == "notice":
        return min((one.closed_on for one in facts.notices if one.clear and one.closed_on), default=None)
    return facts.on.get(step.code)


def _due(code: str, facts: Facts, version: str) -> date | None:
    on = facts.on
    match code:
        case "talk":
            return dates.talk_deadline(received=on["apply"])
        case "meeting" if "prereview" in on:
            return dates.meeting_deadline(passed=on["prereview"], version=version)
        case "approve" if "meeting" in on:
            return add_months(on["meeting"], dates.APPROVAL_MONTHS)
        case "oath" if "approve" in on and version == dates.VERSION_2026:
            return add_months(on["approve"], dates.OATH_MONTHS)
        case "convert" if "meeting" in on:
            end = dates.probation_end(admitted=on["meeting"], extension=facts.extension)
            return add_months(end, dates.CONVERSION_GRACE)
        case "convert_approve" if "convert" in on:
            return add_months(on["convert"], dates.APPROVAL_MONTHS)
        case "notice":
            return min((one.ends_on for one in facts.notices if one.closed_on is None), default=None)
    return None


def _earliest(code: str, facts: Facts, calendar: Mapping[date, bool] | None) -> date | None:
    on = facts.on
    match code:
        case "object" | "list" if "activist" in on:
            alive = [one.ends_on for one in facts.notices if one.clear or one.closed_on is None]
            last = min(alive, default=None) if code == "list" else None
            return dates.earliest_object_date(activist=on["activist"], notice_last_day=last)
        case "notice" if "consent" in on and not any(one.clear or one.closed_on is None for one in facts.notices):
            return dates.notice_end(posted=on["consent"], calendar=calendar)
        case "convert" if "meeting" in on:
            return dates.probation_end(admitted=on["meeting"], extension=facts.extension)
        case "convert_apply" | "convert_check" if "meeting" in on:
            return add_months(dates.probation_end(admitted=on["meeting"], extension=facts.extension), -BEFOREHAND)
    return None


def _repeated(step: Step, facts: Facts, today: date, running: bool) -> Mark:
    """A half-yearly review: done reviews are counted, the next one is due half a year on."""
    since, until, kind = _span(step.code, facts)
    held = [one for one in facts.reviews if one.kind == kind and one.held_on is not None]
    version = dates.version_on(day=today)
    article = article_of(step=step, version=version)
    needs = tuple(before for before in step.after if not facts.done(before))
    if since is None or needs:
        return Mark(step.code, step.number, step.actor, "waiting", None, None, None, version, article, needs)
    last = max((one.held_on for one in held if one.held_on), default=None)
    due = dates.review_due(since=since, number=len(held) + 1)
    if (until is not None and due > until) or not running:
        return Mark(step.code, step.number, step.actor, "done", last, None, None, version, article, repeated=len(held))
    late = due < (min(today, until) if until else today)
    state = "late" if late and until is None else "done" if until is not None else "next"
    return Mark(step.code, step.number, step.actor, state, last, None if state == "done" else due, None, version, article,
                late=late and state == "done", repeated=len(held))


def _span(code: str, facts: Facts) -> tuple[date | None, date | None, str]:
    """(first day, last day or None while it runs, kind of review)."""
    met = facts.on.get("meeting") if facts.passed("meeting") else None
    if code == "cultivate":
        return facts.on.get("activist"), met, "activist"
    return met if "approve" in facts.on else None, facts.on.get("convert"), "probation"


def actor_of(code: str) -> str:
    """Who does a step: the branch or the higher organisation."""
    return BY_CODE[code].actor
