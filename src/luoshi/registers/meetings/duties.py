"""What the regulations make units owe: each kind of meeting as often as its article says."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine.audience import Audience
from luoshi.engine.duties import Duty
from luoshi.foundation.people import Position, Post
from luoshi.foundation.units import Body

from . import rules
from .models import QUORATE, Kind

BRANCHES = Audience(bodies=(Body.BRANCH,))
WITH_COMMITTEE = Audience(bodies=(Body.BRANCH,), min_members=rules.COMMITTEE_FROM)
GROUPS = Audience(bodies=(Body.GROUP,))
COMMITTEES = Audience(bodies=(Body.COMMITTEE,))

WHO = {rules.COMMITTEE: WITH_COMMITTEE, rules.GROUP: GROUPS}

BY_SECRETARY = Q(kind=Kind.LECTURE) & Q(Exists(Position.objects.filter(
    Q(until__isnull=True) | Q(until__gt=OuterRef("held_on")), since__lte=OuterRef("held_on"), withdrawn=False,
    person=OuterRef("lecturer"), unit=OuterRef("unit"), post=Post.SECRETARY)))

REGULAR = tuple(
    Duty(f"life.{one.kind}", Kind(one.kind).label, one.article, "meeting", every=one.every, count=one.count,
         who=WHO.get(one.kind, BRANCHES), where=Q(kind=one.kind) & QUORATE, confidence=one.confidence,
         fill={"kind": one.kind}, page="meeting-record")
    for one in rules.FREQUENCIES)

SECRETARY_LECTURE = Duty("life.secretary_lecture", _("书记讲党课"), "支部工作条例 第十六条", "meeting", every="year",
                         who=COMMITTEES, where=BY_SECRETARY, fill={"kind": rules.LECTURE},
                         page="meeting-record")

DUTIES = (*REGULAR, SECRETARY_LECTURE)
