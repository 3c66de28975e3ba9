"""What is counted about study: due sessions held on time, themes, displays, learning branches, exchanges, topic groups."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine.audience import Audience
from luoshi.engine.indicators import Amount, Count, Coverage, State, Timely
from luoshi.foundation.units import Body

from .models import DisplayKind, Reading

BRANCHES = Audience(bodies=(Body.BRANCH,))
HELD = Q(held_on__isnull=False)

ON_TIME = Timely("study.on_time", _("计划学习按时举办"), "study", "planned_on", done=Q(timely=True), unit_word=_("次"))
HELD_COUNT = Count("study.held", _("集中学习"), "study", "held_on")
MADE_UP = Count("study.made_up", _("补学"), "study", "held_on", where=~Q(makes_up=None))
THEMED = Count("study.themed", _("专题学习"), "study", "held_on", where=~Q(theme=""))
HOURS = Amount("study.hours", _("集中学习学时"), "study", "held_on", "hours", where=HELD, unit_word=_("学时"))
COVERED = Coverage("study.covered", _("开展集中学习的支部"), "study", "held_on", should=BRANCHES)
THEME_COVERED = Coverage("study.theme_covered", _("开展专题学习的支部"), "study", "held_on", should=BRANCHES,
                         where=~Q(theme=""))
PLANNED = Coverage("study.timetabled", _("制定学习计划的支部"), "timetable", "starts_on", should=BRANCHES)
READ = Count("study.reading", _("发布的学习书目"), "reading", "issued_on", unit_word=_("篇"))
POSTS = State("study.posts", _("公示党员示范岗的支部"), "display", "starts_on", until="ends_on", should=BRANCHES,
              where=Q(kind=DisplayKind.POST))
PLEDGES = State("study.pledges", _("公示承诺的支部"), "display", "starts_on", until="ends_on", should=BRANCHES,
                where=Q(kind=DisplayKind.PLEDGE))
MEETS = Coverage("study.learning", _("达到学习型党支部标准的支部"), "learning_check", "checked_on", should=BRANCHES,
                 where=Q(meets=True))
CHECKED = Coverage("study.checked", _("完成学习型党支部自查的支部"), "learning_check", "checked_on", should=BRANCHES)
REVIEWED = Count("study.reviewed", _("学习型党支部复核"), "learning_review", "visited_on")
EXCHANGES = Count("study.exchanges", _("成果交流会"), "exchange", "held_on", where=Q(attendance__gt=0))
ENTRIES = Count("study.entries", _("交流成果"), "exchange_entry", "received_on", unit_word=_("篇"))
ACCEPTED = Count("study.accepted", _("采用的交流成果"), "exchange_entry", "received_on",
                 where=Q(reading=Reading.ACCEPTED), unit_word=_("篇"))
ENTERED = Coverage("study.entered", _("提交交流成果的支部"), "exchange_entry", "received_on", should=BRANCHES)
TOPICS = Count("study.topics", _("专题研究题目"), "topic_group", "starts_on", unit_word=_("个"))
DIGESTS = Count("study.digests", _("研究综述"), "topic_digest", "written_on", unit_word=_("篇"))

OF_SESSIONS = (ON_TIME, HELD_COUNT, MADE_UP, THEMED, HOURS, COVERED, THEME_COVERED)
