"""The files of the fictional ministry's people.

Identity numbers carry a region code that was never given out, telephones a prefix that no network has: they are nobody's.
"""

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.register import register
from luoshi.foundation.people import Person
from luoshi.kernel.ids import identity_check
from luoshi.kernel.periods import add_months
from luoshi.registers.membership.models import Correction

if TYPE_CHECKING:
    from .people import Crew
    from .units import Tree

REGION, PREFIX = "119900", "120"
PLACES = ("东岭省远海市", "东岭省山川市", "南汀省驿路市", "南汀省星图县", "西屿省风物市", "西屿省典籍县")
EDUCATION = (("21", 58), ("14", 27), ("31", 9), ("11", 6))
ETHNICITY = (("01", 92), ("11", 2), ("03", 2), ("08", 2), ("15", 1), ("02", 1))
ASKED = (("education", "硕士研究生毕业", "硕士学位证书"), ("native_place", "南汀省星图县", "户口簿"),
         ("phone", f"{PREFIX}99990001", "换号"), ("worked_since", "2012-07-16", "劳动合同"))
REASONS = ("核对组织关系介绍信", "办理转正材料", "核对备案信息")


def fill(person: Person, born: Counter[date], n: int, today: date, roll: Random) -> Person:
    """Put a file on a person; one in twenty-five still lacks something."""
    day = person.born or today
    man = roll.random() < 0.56
    born[day] += 1
    first17 = f"{REGION}{day:%Y%m%d}{2 * born[day] + man:03d}"  # odd ends are men's, even ones women's
    person.id_number = first17 + identity_check(first17)
    person.phone = f"{PREFIX}{10_000_000 + n}"
    person.education, person.ethnicity = _weighted(EDUCATION, roll), _weighted(ETHNICITY, roll)
    person.native_place, person.employment = roll.choice(PLACES), roll.choice(("11", "11", "13"))
    person.worked_since = min(add_months(day, 12 * 23), today)
    full = add_months(person.joined, 12) if person.joined else None
    person.full_on = full if full and full <= today else None
    if roll.random() < 0.04:
        setattr(person, roll.choice(("phone", "education", "native_place")), "")
    return person


def _weighted(pairs: tuple[tuple[str, int], ...], roll: Random) -> str:
    return roll.choices([code for code, _n in pairs], [n for _code, n in pairs])[0]


def told(actor: Actor, tree: "Tree", crew: "Crew") -> None:
    """A few members have asked for a correction, among them the demo's own; some numbers were looked at."""
    chosen = [crew.members[one.unit.pk][-1] for one in tree.branches[1:7]]
    for n, person in enumerate(chosen):
        row = Person.objects.select_related("unit").get(pk=person.pk)
        if n < len(ASKED):
            field, proposed, why = ASKED[n]
            wish = write.save(actor, register("correction"), Correction(
                unit=row.unit, person=row, field=field, proposed=proposed, reason=why,
                asked_on=actor.today - timedelta(days=3 + 4 * n)))
            if n == 3:
                wish.answer, wish.answered_on = "与干部人事档案记载不一致", actor.today - timedelta(days=9)
                write.move(actor, register("correction"), wish, "refused")
        reader = Actor(id=None, name=crew.secretary[row.unit_id].name, today=actor.today, system=True)
        write.note_revealing(reader, register("person"), row, "id_number", REASONS[n % len(REASONS)])
