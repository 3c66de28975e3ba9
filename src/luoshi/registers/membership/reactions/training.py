"""Lists for classes flow from the cases, and what a class came to flows back into them; nobody types it twice."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from luoshi.engine import write
from luoshi.engine.actor import Actor, system_actor
from luoshi.engine.candidates import offers
from luoshi.engine.events import Event, on
from luoshi.engine.register import register

from ..models.development import OPEN, Case
from ..models.development_words import State

# Class → the fields of the case for its last day, its hours and its certificate.
WRITTEN = {"activist": ("class_on", "class_hours", "class_paper"), "object": ("trained_on", "training_hours", "training_paper")}


@offers("activists")
def activists(actor: Actor) -> dict[int, date]:
    """Activists whom the reader may see, each since the decision; who has finished the class is still among them."""
    return _since(actor, State.ACTIVIST, "activist_on")


@offers("objects")
def objects(actor: Actor) -> dict[int, date]:
    """Persons listed for admission whom the reader may see."""
    return _since(actor, State.OBJECT, "listed_on")


def _since(actor: Actor, state: str, field: str) -> dict[int, date]:
    rows = register("development").rows(actor).filter(state=state).exclude(**{field: None})
    return dict(rows.values_list("person", field))


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
    if row.certificate and not row.withdrawn:
        found = {on_: row.training.ends_on, hours: row.hours, paper: row.certificate}
    elif getattr(case, paper) in (row.certificate, before):
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
