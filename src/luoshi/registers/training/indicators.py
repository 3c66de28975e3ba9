"""What is counted about training: classes, persons, and who of those that can be called has finished one."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine.audience import Audience
from luoshi.engine.indicators import Amount, Count, Coverage
from luoshi.foundation.people import COMMITTEE_POSTS, MEMBER_POSTS, STAFF_POSTS, Post
from luoshi.foundation.units import Body

from .models import Kind, Result

PARTY = Audience(bodies=(Body.BRANCH, Body.GENERAL, Body.COMMITTEE, Body.OFFICE, Body.GROUP))
DONE = Q(result=Result.COMPLETED)
ENDED = "training__ends_on"
PERSONS = _("人")


def _kind(*kinds: Kind) -> Q:
    return DONE & Q(training__kind__in=kinds)


CLASSES = Count("training.classes", _("举办的培训班"), "training_class", "ends_on", where=Q(state="ended"), unit_word=_("期"))
FINISHED = Count("training.finished", _("结业人次"), "enrolment", ENDED, where=DONE, unit_word=_("人次"))
HOURS = Amount("training.hours", _("培训学时"), "enrolment", ENDED, "hours", where=DONE, unit_word=_("学时"))
OFFICIALS = Coverage("training.officials", _("参加轮训的领导干部"), "enrolment", ENDED, should=PARTY, people="person",
                     posts=(Post.OFFICIAL,), where=_kind(Kind.ROTATION, Kind.SCHOOL))
SECRETARIES = Coverage("training.secretaries", _("参加培训的支部书记"), "enrolment", ENDED, should=PARTY, people="person",
                       posts=(Post.SECRETARY,), where=_kind(Kind.SECRETARY))
COMMITTEES = Coverage("training.committees", _("参加培训的支部班子成员"), "enrolment", ENDED, should=PARTY, people="person",
                      posts=COMMITTEE_POSTS, where=_kind(Kind.SECRETARY))
STAFF = Coverage("training.staff", _("参加培训的党务干部"), "enrolment", ENDED, should=PARTY, people="person",
                 posts=STAFF_POSTS, where=_kind(Kind.STAFF, Kind.DISCIPLINE))
DISCIPLINE = Coverage("training.discipline", _("参加培训的纪检干部"), "enrolment", ENDED, should=PARTY, people="person",
                      posts=(Post.DISCIPLINE, Post.DISCIPLINE_CADRE), where=_kind(Kind.DISCIPLINE))
YOUNG = Count("training.young", _("青年能力培训班结业"), "enrolment", ENDED, where=_kind(Kind.YOUTH), unit_word=PERSONS)
MEMBERS = Coverage("training.members", _("参加集中培训的党员"), "enrolment", ENDED, should=PARTY, people="person",
                   posts=MEMBER_POSTS, where=DONE)
OF_ENROLMENTS = (FINISHED, HOURS, OFFICIALS, SECRETARIES, COMMITTEES, STAFF, DISCIPLINE, YOUNG, MEMBERS)
