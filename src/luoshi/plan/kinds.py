"""The kinds of work a measure can be, and the counting rule proposed for each: indicators, target and source."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.engine.indicators import Indicator, indicators

from .models import Method

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: what it is called, the indicators that may count it in order of preference, how many are owed in each
    period, who says so, and the steps where it is reached step by step."""

    label: Any
    counted_by: tuple[str, ...] = ()
    target: int = 1
    source: str = ""
    steps: tuple[Any, ...] = ()


LIFE = "支部工作条例 第十一条至第十七条"
KINDS: dict[str, Kind] = {
    "study": Kind(_("学习教育"), ("study.held", "meetings.theme_day_covered"), 1, "支部工作条例 第十六条"),
    "training": Kind(_("培训轮训"), ("training.trained", "training.classes", "events.lecture"), 1,
                     "干部教育培训工作条例"),
    "meeting": Kind(_("会议与组织生活"), ("meetings.held",), 1, LIFE),
    "activity": Kind(_("活动"), ("events.held", "events.covered")),
    "groups": Kind(_("兴趣小组与团队"), ("clubs.meetings", "events.held")),
    "publishing": Kind(_("宣传信息"), ("publishing.issues", "publishing.articles")),
    "selection": Kind(_("评选表彰"), ("awards.named",),
                      steps=(_("发布通知"), _("评审"), _("公示"), _("公布结果"))),
    "regulation": Kind(_("制度建设"), ("rulebook.issued",), steps=(_("起草"), _("征求意见"), _("印发"))),
    "organization": Kind(_("组织建设与换届"), ("organization.in_term",), 1,
                         "党和国家机关基层组织工作条例 第五条至第七条"),
    "membership": Kind(_("发展党员与党员管理"), ("membership.on_time", "membership.developed"), 1, "发展党员工作细则"),
    "guidance": Kind(_("联系指导"), ("organization.visited", "organization.visits")),
    "consultation": Kind(_("征求意见与答复"), ("opinions.answered", "openness.on_time")),
    "integrity": Kind(_("廉政教育与监督"), ("integrity.sessions", "meetings.lecture")),
    "care": Kind(_("关怀帮扶"), ("care.visited", "care.visits")),
    "dues_funds": Kind(_("党费与经费"), ("dues.paid", "funds.spent"), 1, "关于中国共产党党费收缴、使用和管理的规定"),
    "facility": Kind(_("场馆与阵地"), ("facilities.used",), steps=(_("方案"), _("建成"), _("投入使用"))),
    "statistics": Kind(_("统计与信息化"), ("statistics.passed",), steps=(_("布置"), _("汇总核对"), _("上报"))),
    OTHER: Kind(_("其他")),
}

# What a text may name outright, the narrower phrase first: it says more than the kind of work.
NAMED: tuple[tuple[str, str], ...] = (
    ("主题党日", "meetings.theme_day_covered"),
    ("组织生活会", "meetings.life_on_time"),
    ("支部党员大会", "meetings.members_on_time"),
    ("支部委员会", "meetings.committee_on_time"),
    ("支委会", "meetings.committee_on_time"),
    ("党小组会", "meetings.group_on_time"),
    ("书记讲党课", "meetings.secretary_lecture_on_time"),
    ("讲党课", "meetings.lectured"),
    ("党课", "meetings.lecture_on_time"),
    ("半年回顾", "organization.reviewed"),
    ("能力提升表", "organization.sheets"),
    ("按期换届", "organization.in_term"),
    ("配齐", "organization.secretaries"),
    ("党务干部", "organization.staff"),
    ("特派员办事处支部", "organization.visited_special"),
    ("直属单位支部", "organization.visited_direct"),
    ("社团组织支部", "organization.visited_society"),
    ("驻外支部", "organization.visited_overseas"),
    ("机关各司局支部", "organization.visited_organ"),
    ("自主开展活动", "events.covered"),
    ("意见建议", "opinions.answered"),
)


def label(code: str) -> str:
    found = KINDS.get(code)
    return str(found.label) if found else code


def choices() -> list[tuple[str, str]]:
    return [(code, str(one.label)) for code, one in KINDS.items()]


def proposed(code: str, text: str) -> Indicator | None:
    """The indicator proposed for a measure: what its words name, else the first of its kind that a register declares."""
    known = indicators()
    names = [name for phrase, name in NAMED if phrase in text] + list(of(code).counted_by)
    return next((known[name] for name in names if name in known), None)


def of(code: str) -> Kind:
    return KINDS.get(code, KINDS[OTHER])


def countable() -> Iterator[tuple[str, str]]:
    """(name, label) of every indicator, in the order of the registers; the label says how it counts."""
    words = dict(Method.choices)
    for name, one in indicators().items():
        yield name, f"{one.label}（{words[one.kind]}）"
