"""Builds the demo in one transaction: a build that is cut off leaves nothing behind and is simply made again."""

import time
from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

from luoshi.engine.actor import Actor, system_actor
from luoshi.foundation.accounts import Account
from luoshi.foundation.units import Unit

from . import (
    accounts,
    activities,
    calling,
    development,
    files,
    forests,
    guidance,
    guiding,
    leading,
    meetings,
    messages,
    notices,
    overseas,
    people,
    plan,
    study,
    training,
    transfer,
    units,
)
from .units import Size, Tree

Say = Callable[[str], None]
Made = TypeVar("Made")


def present() -> bool:
    """Whether the demo stands; its accounts come last."""
    return Account.objects.filter(demo=True).exists()


def taken() -> bool:
    """Whether the database holds units at all."""
    return Unit.objects.exists()


def build(size: Size, *, actor: Actor | None = None, say: Say = lambda line: None) -> Tree:
    """Everything, from the root unit to the accounts; dates end on the actor's today."""
    actor = actor or system_actor()
    with transaction.atomic():
        tree = _timed(say, "units", lambda: units.build(actor, size))
        crew = _timed(say, f"{size.people:,} people, positions, terms", lambda: people.build(actor, tree))
        beside = _timed(say, "the union and the league", lambda: forests.build(actor, tree, crew))
        _timed(say, "how members are developed", lambda: development.build(actor, tree, crew))
        _timed(say, "a year of meetings", lambda: meetings.build(actor, tree, crew))
        _timed(say, "meetings called, tasks handed out, waivers", lambda: calling.build(actor, tree, crew))
        _timed(say, "campaigns, activities, sign-ups", lambda: activities.build(actor, tree, crew, size))
        _timed(say, "guidance visits, improvement sheets", lambda: guidance.build(actor, tree, crew))
        _timed(say, "messages about the product", lambda: messages.build(actor, tree, crew))
        made = _timed(say, "the plan, its versions and circulars", lambda: plan.build(actor, tree))
        _timed(say, "documents of higher bodies", lambda: guiding.build(actor, tree, made))
        _timed(say, "transfers, members away", lambda: transfer.build(actor, tree, crew))
        _timed(say, "classes, enrolments, certificates", lambda: training.build(actor, tree, crew))
        _timed(say, "study, exchanges, topic groups", lambda: study.build(actor, tree, crew))
        _timed(say, "centre groups, committees, appraisals", lambda: leading.build(actor, tree, crew))
        _timed(say, "posts abroad", lambda: overseas.build(actor, tree, crew))
        _timed(say, "notices and receipts", lambda: notices.build(actor, tree))
        files.told(actor, tree, crew)
        accounts.build(tree, crew, beside, actor.today)
        notices.remind(actor, tree.branches[1].unit)
        overseas.packets(actor)
    return tree


def _timed(say: Say, what: str, work: Callable[[], Made]) -> Made:
    began = time.monotonic()
    made = work()
    say(f"  {what}: {time.monotonic() - began:.1f} s")
    return made
