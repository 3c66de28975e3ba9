"""Declarations of transfers of membership and of members who are away."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine import handover, home, samples
from luoshi.engine.actor import Actor, system_actor
from luoshi.engine.papers import Document
from luoshi.engine.register import Register, register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Person, Post
from luoshi.foundation.places import within
from luoshi.foundation.units import Unit
from luoshi.kernel import places
from luoshi.kernel.periods import add_months

from ..documents import transfer as documents
from ..indicators import transfer as indicators
from ..models.away import Away
from ..models.development import higher_place
from ..models.transfer import ARRIVED, Kind, Transfer
from ..pages.transfer_board import line, receiving_place, waiting
from ..pages.transfer_home import block

FORM = ("unit", "kind", "person", "newcomer", "newcomer_number", "joined", "post", "receiver", "outside", "cause",
        "drafted_on", "letter_no", "issued_on", "valid_days")
LETTER = {"letter_no", "issued_on", "valid_days"}  # the committee's part
RECEIVING = {"presented_on", "accepted_on", "case_taken", "receipt_on", "refused_on", "refusal"}  # the receiver's part
OWN = {Transfer._meta.get_field(name).attname for name in FORM} | RECEIVING | {"withdrawn"}


def a_member(unit: Unit, actor: Actor) -> Person:
    """A person who has long been a full member of a unit; for samples."""
    found = samples.person(unit)
    own = system_actor(actor.today)
    samples.saved(register("position"), unit, own, person=found, post=Post.MEMBER, since=add_months(actor.today, -60),
                  until=None)
    return found


class Transfers(Register):
    """Each step is done on a page of its own, by the side whose part it is."""

    name = "transfer"
    model = Transfer
    entry = ""
    columns = ("person", "kind", "unit", "receiver", "outside", "state", "drafted_on", "letter_no", "issued_on", "valid_until",
               "accepted_on", "receipt_on")
    filters = ("unit", "kind", "state", "cause", "drafted_on", "issued_on", "accepted_on", "receipt_due_on")
    form = FORM
    key = ("person", "drafted_on")
    search = ("person__name", "person__search", "newcomer", "letter_no", "outside")
    order = ("-drafted_on", "-id")
    announces = ("membership.transfer_kept",)
    start = "transfer-new"
    actions = {_("办理和时间轴"): "transfer-page"}
    documents = (Document("letter", _("介绍信"), documents.letter),)
    indicators = indicators.OF_TRANSFERS
    sample = {"kind": Kind.OUT, "person": a_member, "newcomer": "", "newcomer_number": "", "letter_no": "", "issued_on": None,
              "joined": None, "post": Post.MEMBER}

    def reach(self, actor: Actor, verb: Verb) -> Q:
        """The receiving branch sees what was sent to it, once the letter is issued; changing it is asked step by step."""
        own = super().reach(actor, verb)
        if actor.system or verb > Verb.SEE:
            return own
        return own | (within(actor.places(verb, self.name), "receiver__place") & Q(issued_on__isnull=False))

    def require_row(self, actor: Actor, verb: Verb, row: Any) -> None:
        """Each side writes its own part: the branch what it asks for, the committee the letter, the receiver what it does.

        Raises PermissionDenied. The product itself may write all.
        """
        if actor.system or verb < Verb.ADD:
            super().require_row(actor, verb, row)
            return
        stored = Transfer.objects.select_related("receiver").filter(pk=row.pk).first() if row.pk else None
        before = stored or Transfer(kind=row.kind)
        changed = {name for name in OWN if getattr(before, name) != getattr(row, name)}
        back = row.refused_on is None and row.issued_on is None  # the sender takes up what was refused
        theirs = (changed & RECEIVING) - ({"refused_on"} if back else set())
        if "withdrawn" in changed and before.state in ARRIVED:
            theirs.add("withdrawn")
        if row.kind == Kind.WITHIN and row.receiver_id and (theirs or not changed):
            place = (before.receiver or row.receiver).place
            if stored and not changed and self.may(actor, verb, place):
                return
            if theirs:
                self.require(actor, verb, place)
            if stored and theirs == changed and "withdrawn" not in theirs:
                return
        super().require_row(actor, verb, row)
        if changed & (LETTER - {"valid_days"}) and row.kind != Kind.IN and not back:
            self.require(actor, Verb.CHANGE, higher_place(row.unit))


class Aways(Register):
    """Members away from their branch, at home and abroad; contact and decisions are kept on a page of their own."""

    name = "away"
    model = Away
    entry = ""
    columns = ("person", "unit", "where", "destination", "since", "until", "last_contact_on", "card_number", "returned_on",
               "suspended_on", "struck_on")
    filters = ("unit", "where", "since", "until", "last_contact_on", "returned_on", "suspended_on")
    form = ("unit", "person", "since", "until", "where", "destination", "card_number", "contact", "last_contact_on", "settled_on",
            "returned_on")
    key = ("person", "since")
    search = ("person__name", "person__search", "destination", "card_number")
    order = ("place", "id")
    actions = {_("联系记录和办理"): "away-page"}
    documents = (Document("certificate", _("党员证明信"), documents.certificate),)
    indicators = indicators.OF_AWAY
    sample = {"until": None, "where": "fixed", "contact": None, "last_contact_on": None, "settled_on": None,
              "returned_on": None, "card_number": ""}

    def require_row(self, actor: Actor, verb: Verb, row: Any) -> None:
        """What was decided about a member is written by who may change records at the committee above."""
        super().require_row(actor, verb, row)
        if actor.system or verb < Verb.ADD:
            return
        stored = Away.objects.filter(pk=row.pk).first() if row.pk else None
        before = stored or Away()
        if any(getattr(before, name) != getattr(row, name) for name in ("suspended_on", "struck_on")):
            self.require(actor, Verb.CHANGE, higher_place(row.unit))


home.later.append(block)


def open_transfers(actor: Actor, unit: Unit) -> handover.Block | None:
    """What is under way at a unit and below it, for who takes the work over: sent from there or addressed to it."""
    if not register("transfer").may(actor, Verb.SEE, unit.place):
        return None
    its = [one for one in waiting(actor) if places.below(one.row.place, unit.place)
           or places.below(receiving_place(one.row), unit.place)]
    return str(_("组织关系转接")), [
        handover.Open(f"{shown['name']} {shown['way']}", f"{shown['what']} {shown['word']}", shown["url"])
        for shown in map(line, its)]


handover.blocks.append(open_transfers)
