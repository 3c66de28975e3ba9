"""How the measures of the demo's plan count themselves: by which indicator, how many, or in which steps."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class By:
    """A counting rule; `words` narrows the records to those whose title holds them."""

    indicator: str
    target: int | None = None
    tenths: int = 10
    words: str = ""


def _events(words: str, target: int) -> tuple[By, ...]:
    return (By("events.held", target, words=words),)


# A phrase of the measure → its rules; the first phrase that the text holds decides.
COUNTED: dict[str, tuple[By, ...]] = {
    "学习型党组织建设交流会": _events("学习型党组织建设交流会", 4),
    "年度工作要点专题辅导": _events("年度工作要点专题辅导", 4),
    "学党章作表率": (By("meetings.theme_day_covered", words="学党章作表率"),),
    "每月开展一次主题党日": (By("meetings.theme_day_on_time", tenths=9), By("meetings.theme_day_covered")),
    "领导干部和支部书记每年至少讲": (By("meetings.lectured"),),
    "按季度上好党课": (By("meetings.lecture_on_time", tenths=9),),
    "学习成果展示": _events("学习成果展示", 1),
    "入党积极分子集中学习": _events("入党积极分子集中学习", 3),
    "党务干部业务练兵": _events("党务干部业务练兵", 2),
    "支部共建交流": _events("支部共建交流", 10),
    "按季度召开支部党员大会": (By("meetings.members_on_time", tenths=9),),
    "支部委员会会议每月": (By("meetings.committee_on_time", tenths=9),),
    "党小组会每月": (By("meetings.group_on_time", tenths=9),),
    "每个支部制定能力提升表": (By("organization.sheets"),),
    "完成能力提升表半年回顾": (By("organization.reviewed", tenths=9),),
    "支部自主开展活动": (By("events.covered", tenths=8),),
    "支部召开一次组织生活会": (By("meetings.covered", words="组织生活会"),),
    "对机关各司局支部": (By("organization.visited_organ", tenths=7),),
    "对特派员办事处支部": (By("organization.visited_special", tenths=7),),
    "对直属单位支部": (By("organization.visited_direct", tenths=7),),
    "对社团组织支部": (By("organization.visited_society", tenths=7),),
    "对驻外支部": (By("organization.visited_overseas", tenths=6),),
    "意见建议十五个工作日内答复": (By("opinions.answered", tenths=9), By("organization.secretaries")),
    "按期换届": (By("organization.in_term", tenths=9),),
    "配齐各级党组织书记": (By("organization.secretaries"),),
    "专兼职党务干部不少于": (By("organization.staff", 40),),
    "支部书记工作交流会": _events("支部书记工作交流会", 4),
    "调查研究成果交流": (By("meetings.theme_day", 40, words="调查研究成果交流"),),
    "警示教育”为主题": (By("meetings.theme_day", 200, words="警示教育"),),
    "廉政宣讲送上门": _events("廉政宣讲送上门", 4),
    "廉洁文化作品展": _events("廉洁文化作品展", 1),
    "警示教育展参观": _events("警示教育展参观", 3),
    "纪检干部业务讲座": _events("纪检干部业务讲座", 2),
    "职工健步走": _events("职工健步走", 3),
    "羽毛球": (By("events.contest", 6, words="球"),),
    "电影观摩": _events("电影观摩", 3),
    "职工书画展": _events("职工书画展", 2),
    "职工参加活动不少于": (By("events.people", 20000),),
    "岗位练兵比武": _events("岗位练兵比武", 8),
    "女职工健康讲座": _events("女职工健康讲座", 2),
    "献爱心募捐": _events("献爱心募捐", 2),
    "青年讲业务论坛": _events("青年讲业务论坛", 4),
    "青年业务练兵": _events("青年业务练兵", 3),
    "青年基层调研行": _events("青年基层调研行", 2),
    "青年读书会": _events("青年读书会", 4),
    "青年志愿服务日": _events("青年志愿服务日", 4),
    "革命纪念地参观": _events("革命纪念地参观", 2),
}

# A word of the measure → the steps by which it is reached; the last step is due when the measure is.
STEPS = (
    (("评选", "授牌"), ("发布通知", "评审", "公布结果")),
    (("印发", "制定", "修订", "办法", "编印", "目录"), ("形成初稿", "征求意见", "印发")),
    (("筹备", "代表选举"), ("成立筹备组", "分配代表名额", "完成选举准备")),
    (("数据库", "改版", "工作包", "台账"), ("提出方案", "试用", "投入使用")),
    (("季刊",), ("第一季度刊期", "第二季度刊期", "第三季度刊期", "第四季度刊期")),
    (("课题", "调研", "研讨"), ("确定题目", "实地调研", "提交报告")),
)
OTHERWISE = ("制定方案", "组织实施", "完成小结")


def rules_of(text: str) -> tuple[By, ...]:
    """The rules for a measure; none where no register counts it and it goes by milestones."""
    return next((its for phrase, its in COUNTED.items() if phrase in text), ())


def steps_of(text: str) -> tuple[str, ...]:
    return next((steps for words, steps in STEPS if any(word in text for word in words)), OTHERWISE)
