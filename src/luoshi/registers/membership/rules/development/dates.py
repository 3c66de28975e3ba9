"""Terms and thresholds of developing members, one function a rule: dates in, dates or a word out.

Source: 中国共产党发展党员工作细则, text of 2014 and text revised on 2026-05-18; articles stand at each function. Periods in
months follow the Civil Code (Arts. 201 and 202), a convention: the regulation does not say.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from luoshi.kernel.periods import add_months
from luoshi.kernel.workdays import add_workdays, count_workdays

REVISED = date(2026, 5, 18)
VERSION_2014, VERSION_2026 = "2014", "2026"
Version = Literal["2014", "2026"]
Calendar = Mapping[date, bool] | None  # exceptions to the published calendar of working days

ADULT = 18  # years
TALK_MONTHS = 1
REVIEW_MONTHS = 6
CULTIVATION_MONTHS = 12
NOTICE_DAYS = 5  # working days
TRAINING_DAYS, TRAINING_HOURS = 3, 24
LEAVING_MONTHS = 3
MEETING_MONTHS = 1
APPROVAL_MONTHS, APPROVAL_LIMIT = 3, 6
PROBATION_MONTHS = 12
EXTENSION_LEAST, EXTENSION_MOST = 6, 12
OATH_MONTHS = 1
# The regulation says "in time" (及时) and names no number; a month is the product's default and unverified.
CONVERSION_GRACE = 1


def version_on(*, day: date) -> Version:
    """Which text a step of that day follows; that earlier steps of an open case stay under 2014 is unverified."""
    return VERSION_2026 if day >= REVISED else VERSION_2014


def eligible(*, born: date, applied: date, leap_day_early: bool = True) -> bool:
    """Eighteen or more on the day of application (Art. 5).

    Who was born on 29 February comes of age on the 28th in a common year, or with `leap_day_early=False` on 1 March.
    """
    birthday = add_months(born, 12 * ADULT)
    if not leap_day_early and birthday.day != born.day:
        return applied > birthday
    return applied >= birthday


def talk_deadline(*, received: date) -> date:
    """The last day for the first talk: one month after the application was received (Art. 7)."""
    return add_months(received, TALK_MONTHS)


def talk_result(*, received: date, talked: date | None, today: date) -> tuple[str, int]:
    """("on_time" | "late" | "due" | "overdue", days): days late, or days left until the talk is due (Art. 7)."""
    last = talk_deadline(received=received)
    if talked is not None:
        return ("on_time", 0) if talked <= last else ("late", (talked - last).days)
    return ("due", (last - today).days) if today <= last else ("overdue", (today - last).days)


def review_due(*, since: date, number: int) -> date:
    """The due day of the number-th half-yearly review, the first being number 1 (Arts. 10 and 31)."""
    return add_months(since, REVIEW_MONTHS * number)


def reviews_due(*, since: date, until: date) -> list[date]:
    """The due days of the half-yearly reviews that lie before `until`: a review is late on the day after its due day."""
    found, number = [], 1
    while (due := review_due(since=since, number=number)) < until:
        found.append(due)
        number += 1
    return found


def reviews_state(*, since: date, today: date, on_file: int) -> int:
    """How many half-yearly reviews are overdue (Art. 10)."""
    return max(0, len(reviews_due(since=since, until=today)) - on_file)


def contacts_valid(*, full: Sequence[bool]) -> bool:
    """One or two contact persons, each a full member (Art. 9); `full` has one entry a person."""
    return 1 <= len(full) <= 2 and all(full)


def sponsors_valid(*, full: Sequence[bool], punished: Sequence[bool] = ()) -> bool:
    """Exactly two full members, none under probation within the Party (Arts. 14 and 15)."""
    return len(full) == 2 and all(full) and not any(punished)


def notice_end(*, posted: date, days: int = NOTICE_DAYS, calendar: Calendar = None) -> date:
    """The last day of a public notice; the day of posting is the first where it is worked (Art. 13 of 2026)."""
    return add_workdays(posted, days, inclusive=True, exceptions=calendar)


def notice_ok(*, start: date, end: date, days: int = NOTICE_DAYS, calendar: Calendar = None) -> bool:
    """Whether a notice shown from start to end, both counted, had its working days."""
    return count_workdays(start, end, calendar) >= days


def earliest_object_date(*, activist: date, notice_last_day: date | None = None) -> date:
    """The first day on which an activist may be listed as development object (Art. 13)."""
    year = add_months(activist, CULTIVATION_MONTHS)
    return max(year, notice_last_day) if notice_last_day else year


def object_valid(*, activist: date, listed: date, consented: date | None, notice: tuple[date, date] | None,
                 calendar: Calendar = None) -> str:
    """"" where a listing holds, else why not: "under_a_year", "no_consent", "no_notice", "notice_running" (Art. 13).

    `notice` is (first day, last day shown); the text of 2014 asks for none.
    """
    if consented is None or consented > listed:
        return "no_consent"
    if listed < earliest_object_date(activist=activist):
        return "under_a_year"
    if version_on(day=listed) == VERSION_2014:
        return ""
    if notice is None:
        return "no_notice"
    shown = min(notice[1], listed)
    return "" if notice_ok(start=notice[0], end=shown, calendar=calendar) else "notice_running"


def training_result(*, days: int | None, hours: int | None, special: bool = False) -> str:
    """"pass", "special" (an approved single case, shown with a flag) or "fail": 3 days or 24 class hours (Art. 17)."""
    if (days or 0) >= TRAINING_DAYS or (hours or 0) >= TRAINING_HOURS:
        return "pass"
    return "special" if special else "fail"


def leaving_soon(*, prereview: date, leaves: date | None) -> bool:
    """Whether the person leaves the unit within three months: then admission is generally not handled (Art. 18).

    Certain for 2014; that 2026 kept it is unverified.
    """
    return leaves is not None and leaves < add_months(prereview, LEAVING_MONTHS)


def meeting_deadline(*, passed: date, version: str) -> date | None:
    """The last day for the branch meeting: one month after the pre-review (Art. 19 of 2026); none under 2014.

    A pre-review before the revision is counted from the revision's day; that transition is unverified.
    """
    return add_months(max(passed, REVISED), MEETING_MONTHS) if version == VERSION_2026 else None


def admission(*, entitled: int, present: int, yes: int) -> str:
    """"no_quorum", "failed" or "passed" (Arts. 19 and 20): more than half of those entitled present, and in favour.

    `present` counts those in the room; written votes of 2014 are among `yes` and never among those present, a design
    reading that is unverified.
    """
    if 2 * present <= entitled:
        return "no_quorum"
    return "passed" if 2 * yes > entitled else "failed"


def approval_result(*, meeting: date, approved: date) -> str:
    """"on_time" (3 months), "extended" (up to 6, needs a reason) or "overdue" (Art. 25); the 6 of 2026 is unverified."""
    if approved <= add_months(meeting, APPROVAL_MONTHS):
        return "on_time"
    return "extended" if approved <= add_months(meeting, APPROVAL_LIMIT) else "overdue"


def extension_valid(*, months: int, before: int = 0) -> bool:
    """One extension of half a year to one year (Art. 32); `before` counts earlier extensions."""
    return before == 0 and EXTENSION_LEAST <= months <= EXTENSION_MOST


def probation_end(*, admitted: date, extension: int | None = None) -> date:
    """The day probation ends: a year after the branch meeting, and the months of an extension (Arts. 30 and 32)."""
    end = add_months(admitted, PROBATION_MONTHS)
    return add_months(end, extension) if extension else end


def standing_from(*, end: date, meeting: date, by_organisation: bool) -> date:
    """Since when the person counts as a full member: the day of the decision, or the day probation ended where only the
    organisation was late (Art. 32; the second half is likely, not certain)."""
    return end if by_organisation else max(end, meeting)


PAPERS = {
    "applied": ("application", "talk"),
    "activist": ("activist_form", "cultivation"),
    "object": ("notice", "political", "certificate", "prereview"),
    "probation": ("volunteer_form", "resolution", "approval", "oath"),
    "full": ("conversion_application", "probation_reviews", "conversion_resolution", "conversion_approval", "archive_list"),
}


def missing_documents(*, state: str, on_file: frozenset[str], version: str = VERSION_2026) -> list[str]:
    """The papers a phase and those before it still lack, in the order of the path (Art. 36 and others; list is likely)."""
    wanted: list[str] = []
    for phase, names in PAPERS.items():
        wanted += [name for name in names if name != "notice" or version == VERSION_2026]
        if phase == state:
            break
    return [name for name in wanted if name not in on_file]
