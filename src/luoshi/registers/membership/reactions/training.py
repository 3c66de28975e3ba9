"""Lists for classes flow from the cases, and what a class came to flows back into them; nobody types it twice."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from luoshi.engine import write
from luoshi.engine.actor import Actor, system_actor
from luoshi.engine.candidates import offers
from luoshi.engine.events import Event, on
from luoshi.engine.register import register

from ..models.development import OPEN, Case
from ..models.development_words import State
from ..rules import development as rules

# Class → the fields of the case for its last day, its hours and its certificate.
WRITTEN = {"activist": ("class_on", "class_hours", "class_paper"), "object": ("trained_on", "training_hours", "training_paper")}


@offers("activists")
def activists(actor: Actor) -> dict[int, date]:
    """Activists whom the reader may see, each since the decision, and those listed since who have missed the class.

    Who has finished the class is still among them: the register of training knows it.
    """
    return _since(actor, Q(state=State.ACTIVIST) | Q(state=State.OBJECT, class_on=None), "activist_on")


@offers("objects")
def objects(actor: Actor) -> dict[int, date]:
    """Persons listed for admission whom the reader may see."""
    return _since(actor, Q(state=State.OBJECT), "listed_on")


def _since(actor: Actor, state: Q, field: str) -> dict[int, date]:
    rows = register("development").rows(actor).filter(state).exclude(**{field: None})
    return dict(rows.values_list("person", field))


def _newer(case: Case, training: Any, on_: str) -> bool:
    """Whether a class belongs to the case and is no older than what stands there.

    A class before the decision is another time's; what was typed of the training of those listed is not overwritten, and a
    class shorter than admission asks for (Art. 17) is attended but is not that training.
    """
    if on_ == "trained_on" and rules.training_result(days=training.days, hours=training.hours) == "fail":
        return False
    decided, stands = case.activist_on if on_ == "class_on" else case.listed_on, getattr(case, on_)
    if decided is None or training.ends_on < decided:
        return False
    return stands is None or (on_ == "class_on" and training.ends_on >= stands)


@on("training.enrolment_kept")
def take_the_result(event: Event) -> None:
    """A finished class is written into the open case; a result taken back takes it out again.

    Raises ValidationError where the case cannot hold it: the result is not stored then either.
    """
    row = event.row
    fields = WRITTEN.get(row.training.kind)
    before = event.before.get("certificate") if event.before else ""
    if fields is None or not (row.certificate or before):
        return
    case = Case.objects.filter(person=row.person_id, withdrawn=False, state__in=OPEN).first()
    if case is None:
        return
    on_, hours, paper = fields
    own = getattr(case, paper) in ({row.certificate, before} - {"", None})
    if row.certificate and not row.withdrawn:
        if not own and not _newer(case, row.training, on_):
            return
        found = {on_: row.training.ends_on, hours: row.hours, paper: row.certificate}
    elif own:
        found = {on_: None, hours: None, paper: ""}
    else:
        return
    if row.training.kind == "object":
        found["training_days"] = row.training.days if found[on_] else None
    if all(getattr(case, name) == value for name, value in found.items()):
        return
    for name, value in found.items():
        setattr(case, name, value)
    try:
        write.save(system_actor(event.actor.today), register("development"), case, reason=str(row.training)[:200])
    except ValidationError as error:
        raise ValidationError(_("%(name)s的培训结果不能写入发展党员档案：%(why)s") % {
            "name": row.person, "why": " ".join(error.messages)}) from error
