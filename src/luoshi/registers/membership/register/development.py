"""Declarations of developing members: the cases, their reviews, public notices, printed papers and the office's forms."""

from itertools import count
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luoshi.engine import handover, home, samples
from luoshi.engine.actor import Actor
from luoshi.engine.columns import headed
from luoshi.engine.papers import Document
from luoshi.engine.register import Register, register
from luoshi.foundation import files
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Post
from luoshi.foundation.units import Unit
from luoshi.kernel.periods import add_months

from ..documents import development as documents
from ..indicators import development as indicators
from ..models.development import Case, Review, higher_place
from ..models.development_fields import KINDS
from ..models.development_notice import CasePaper, Notice, PaperTemplate
from ..models.development_words import ASKED, DATES, Recommended
from ..pages.development_home import block
from ..rules import development as rules

SERIAL = count(1)
HIGHER = tuple(name for step in rules.STEPS if step.actor == "higher" and step.code in DATES
               for name in (DATES[step.code], *ASKED.get(step.code, ())))


class Development(Register):
    """Cases from application to full member; each step is done on a page of its own. The board leads to the lists."""

    name = "development"
    model = Case
    entry = ""
    columns = ("person", "unit", "state", "applied_on", "application_paper", "activist_on", "listed_on", "admitted_on", "probation_ends_on",
               "full_on")
    filters = ("unit", "state", "applied_on", "admitted_on", "probation_ends_on", "conversion_late_from")
    form = ("unit", "person", "applied_on", "application_paper")
    key = ("person", "applied_on")
    search = ("person__name", "person__search", "person__number")
    announces = ("membership.development_kept",)
    actions = {_("办理和时间轴"): "development-timeline"}
    indicators = indicators.OF_DEVELOPMENT
    sample = {"person": lambda unit, actor: samples.person(unit, born=add_months(actor.today, -12 * 30))}

    def require_row(self, actor: Actor, verb: Verb, row: Any) -> None:
        """What the higher organisation decides is written by who may change records there, not by the branch."""
        super().require_row(actor, verb, row)
        if actor.system or verb < Verb.ADD:
            return
        before = Case.objects.filter(pk=row.pk).values(*HIGHER).first() if row.pk else None
        now = {name: getattr(row, name) for name in HIGHER}
        if now != (before or {name: Case._meta.get_field(name).get_default() for name in HIGHER}):
            self.require(actor, Verb.CHANGE, higher_place(row.unit))


class Reviews(Register):
    """One row a half-year; recorded on a page of its own, and the next one then waits."""

    name = "development_review"
    model = Review
    entry = ""
    columns = ("case__person", "kind", "number", "unit", "due_on", "held_on", "reviewer", "report_on")
    filters = ("unit", "kind", "due_on", "held_on")
    search = ("case__person__name", "case__person__search")
    order = ("due_on", "id")
    announces = ("membership.development_review_kept",)
    actions = {_("登记考察"): "development-review"}
    indicators = indicators.OF_REVIEWS
    sample = {"case": lambda unit, actor: samples.saved(register("development"), unit, actor), "held_on": None,
              "kind": Review.Kind.ACTIVIST}


class Notices(Register):
    """Opened from a case, closed on its own page after the last working day."""

    name = "development_notice"
    model = Notice
    entry = ""
    columns = ("case__person", "unit", "posted_on", "ends_on", "days", "closed_on", "result")
    filters = ("unit", "posted_on", "closed_on", "result")
    lines = {"objections": ("received_on", "channel", "handled_on", "outcome")}
    search = ("case__person__name", "case__person__search")
    order = ("-posted_on", "-id")
    announces = ("membership.development_notice_kept",)
    actions = {_("登记反映和公示结果"): "development-notice"}
    documents = (Document("notice", _("公示"), documents.notice), Document("closing", _("公示情况"), documents.closing))
    indicators = indicators.OF_NOTICES
    sample = {
        "case": lambda unit, actor: _consented(unit, actor),
        "posted_on": lambda _unit, actor: actor.today, "closed_on": None, "result": "", "days": 5}


class Papers(Register):
    """What was printed with which values, and whether it was approved."""

    name = "development_paper"
    model = CasePaper
    entry = ""
    columns = ("case__person", "paper", "unit", "printed_on", "approved_on", "cancelled_on")
    filters = ("unit", "printed_on", "approved_on")
    search = ("case__person__name",)
    sample = {"case": lambda unit, actor: samples.saved(register("development"), unit, actor), "kind": "application"}

    @headed(_("文书"))
    def paper(self, kind: str) -> str:
        return str(KINDS[kind].title) if kind in KINDS else kind


class Templates(Register):
    """Word forms of an office; uploaded on a page of its own, where every field name is checked."""

    name = "paper_template"
    model = PaperTemplate
    entry = ""
    columns = ("paper", "unit", "uploaded_on")
    filters = ("unit", "uploaded_on")
    search = ("kind",)
    sample = {"file": lambda _unit, _actor: files.store(b"-", name="a.docx", register="paper_template"),
              "kind": lambda _unit, _actor: f"k{next(SERIAL)}"}

    @headed(_("文书"))
    def paper(self, kind: str) -> str:
        return str(KINDS[kind].title) if kind in KINDS else kind


def _consented(unit: Unit, actor: Actor) -> Case:
    """A case that may be shown in public: cultivated for more than a year, the higher committee has consented."""
    began = add_months(actor.today, -18)
    talker = samples.person(unit)
    samples.saved(register("position"), unit, actor, person=talker, post=Post.MEMBER, since=add_months(began, -24))
    activist, agreed = add_months(began, 2), add_months(actor.today, -2)
    found: Case = samples.saved(
        register("development"), unit, actor, applied_on=began, talked_on=began, talked_by=talker, activist_on=activist,
        recommended=Recommended.MEMBERS, activist_filed_on=activist, contacts_on=activist, contact_first=talker,
        object_on=agreed, heard_on=agreed, consented_on=add_months(actor.today, -1), consent_paper="党批〔2026〕1号")
    return found


home.later.append(block)


def open_cases(actor: Actor, unit: Unit) -> handover.Block | None:
    """Cases of a unit that are not over, for the hand-over list."""
    one = register("development")
    if not one.may(actor, Verb.SEE, unit.place):
        return None
    rows = one.rows(actor).filter(unit=unit).exclude(state__in=("full", "cancelled", "ended")).select_related("person")
    return str(_("正在办理的发展党员事项")), [
        handover.Open(str(case.person), str(case.get_state_display()), reverse("development-timeline", args=[case.pk]))
        for case in rows.order_by("applied_on", "id")]


handover.blocks.append(open_cases)
