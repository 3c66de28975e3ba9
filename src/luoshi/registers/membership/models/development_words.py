"""The Chinese words of developing members: names of steps and states, and a sentence for each reason that forbids a step."""

from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from luoshi.kernel.numbers import chinese

from ..rules import development as rules

DATES = {
    "apply": "applied_on", "talk": "talked_on", "activist": "activist_on", "activist_file": "activist_filed_on",
    "contacts": "contacts_on", "object": "object_on", "consent": "consented_on", "list": "listed_on",
    "sponsors": "sponsors_on", "political": "political_on", "train": "trained_on", "committee": "committee_on",
    "prereview": "prereviewed_on", "form": "form_on", "meeting": "admitted_on", "interview": "interviewed_on",
    "approve": "approved_on", "upfile": "upfiled_on", "assign": "assigned_on", "oath": "oath_on",
    "convert_apply": "conversion_applied_on", "convert_check": "conversion_checked_on", "extend": "extended_on",
    "convert": "converted_on", "convert_approve": "conversion_approved_on", "archive": "archived_on",
    "cancel": "cancelled_on", "end": "ended_on",
}

# What a step cannot be kept without, beside its date.
NEEDS: dict[str, tuple[str, ...]] = {
    "talk": ("talked_by",), "activist": ("recommended",), "contacts": ("contact_first",), "object": ("heard_on",),
    "consent": ("consent_paper",), "political": ("political_result", "political_body"),
    "prereview": ("prereview_paper",), "interview": ("interviewed_by",), "approve": ("approval_paper",),
    "extend": ("extension_months",), "convert_approve": ("conversion_paper",), "cancel": ("cancel_paper",),
    "end": ("ended_because",),
}

# The fields that the form of a step asks, beside its date.
ASKED: dict[str, tuple[str, ...]] = NEEDS | {
    "contacts": ("contact_first", "contact_second"), "sponsors": ("sponsor_first", "sponsor_second"),
    "political": ("political_result", "political_body", "political_paper"),
    "train": ("training_days", "training_hours", "training_special", "training_paper"),
    "prereview": ("prereview_paper", "leaves_on"),
    "meeting": ("admit_entitled", "admit_present", "admit_yes", "admit_no", "admit_abstain", "admit_written"),
    "approve": ("approval_paper", "approval_reason"),
    "convert": ("convert_entitled", "convert_present", "convert_yes", "convert_no", "convert_abstain",
                "convert_written", "by_organisation"),
}

STEPS: dict[str, Any] = {
    "apply": _("递交入党申请书"), "talk": _("党组织派人谈话"), "activist": _("推荐和确定入党积极分子"),
    "activist_file": _("上级党委备案（积极分子）"), "contacts": _("指定培养联系人"), "cultivate": _("培养教育考察"),
    "object": _("支委会讨论发展对象"), "consent": _("上级党委同意（发展对象）"), "notice": _("发展对象公示"),
    "list": _("列为发展对象"), "sponsors": _("确定入党介绍人"), "political": _("政治审查"), "train": _("集中培训"),
    "committee": _("支部委员会审查"), "prereview": _("上级党委预审"), "form": _("填写入党志愿书"),
    "meeting": _("支部大会讨论接收"), "interview": _("上级党委派人谈话"), "approve": _("上级党委审批"),
    "upfile": _("报再上一级备案"), "assign": _("编入党支部和党小组"), "oath": _("入党宣誓"),
    "probation": _("预备期教育考察"), "convert_apply": _("提出转正申请"), "convert_check": _("支委会审查（转正）"),
    "extend": _("延长预备期"), "convert": _("支部大会讨论转正"), "convert_approve": _("上级党委审批（转正）"),
    "archive": _("材料归档"), "cancel": _("取消预备党员资格"), "end": _("终止培养"),
}

ACTORS = {"branch": _("党支部"), "higher": _("上级党组织")}

PROBLEMS: dict[str, Any] = {
    "later_than_today": _("“%(step)s”的日期晚于今天，请在办理之后填写实际日期"),
    "not_yet": _("“%(needs)s”尚未完成，暂不能办理“%(step)s”。请先登记“%(needs)s”"),
    "before_its_turn": _("“%(step)s”不能早于“%(needs)s”，请核对两个日期"),
    "vote_not_passed": _("“%(needs)s”的表决未通过，不能办理“%(step)s”"),
    "political_not_passed": _("政治审查未合格，不能办理“%(step)s”。请先登记合格的审查结论"),
    "under_age": _("申请入党须年满 18 周岁，递交申请当天未满 18 周岁。请核对出生日期和申请日期"),
    "born_unknown": _("人员信息中没有出生日期，无法核对年龄。请先在“人员”中补充出生日期"),
    "contacts_wrong": _("培养联系人应为 1 至 2 名正式党员。请改选在指定当天为正式党员的人员"),
    "under_a_year": _("培养教育考察须满 1 年，最早可在 %(needs)s 办理“%(step)s”"),
    "no_notice": _("列为发展对象前须完成不少于 5 个工作日的公示。请先办理公示并登记结果"),
    "notice_running": _("公示到 %(needs)s 结束，最早可在当天列为发展对象"),
    "sponsors_wrong": _("入党介绍人应为 2 名正式党员。请改选在确定当天为正式党员的人员"),
    "training_short": _("集中培训一般不少于 3 天或 24 学时。培训不足的，请补足后登记；个别特殊情况请注明已经批准"),
    "leaving_soon": _("此人将在 3 个月内离开本单位，一般不办理接收预备党员手续。确需办理的，请由有管理权限的人员填写理由"),
    "no_vote": _("请填写应到会、实到会有表决权人数和票数"),
    "more_than_entitled": _("实到会有表决权人数不能多于应到会人数，请核对"),
    "more_votes_than_present": _("票数之和不能多于实到会人数与书面意见数之和，请核对"),
    "more_written_than_absent": _("书面意见数不能多于未到会人数，请核对"),
    "no_quorum": _("实到会有表决权人数须超过应到会人数的半数，会议无效。请重新召开后登记"),
    "approval_needs_reason": _("审批超过 3 个月（%(needs)s 到期），请填写特殊情况的说明"),
    "approval_overdue": _("审批最长不超过 6 个月（%(needs)s 到期）。如实登记的，请由有管理权限的人员填写理由"),
    "conversion_overdue": _("转正审批超过 3 个月（%(needs)s 到期）。如实登记的，请由有管理权限的人员填写理由"),
    "extension_wrong": _("预备期只能延长 1 次，时间不少于 6 个月、不超过 12 个月，请修改月数"),
    "extension_incomplete": _("延长预备期须同时填写支部大会日期和延长月数"),
    "too_early": _("预备期到 %(needs)s 届满，届满当天起才能办理“%(step)s”"),
    "person_elsewhere": _("此人的人员信息不在本单位，请由其所在单位登记，或先调整人员所在单位"),
    "notice_too_short": _("公示不少于 5 个工作日，请修改天数"),
    "notice_before_consent": _("上级党委同意之后才能公示，请先登记“上级党委同意（发展对象）”并核对日期"),
    "notice_closed_early": _("公示期未满，%(needs)s 当天起才能登记结果"),
    "notice_without_result": _("请选择公示结果"),
    "objections_open": _("还有未办结的反映，请先登记处理日期和结果"),
    "objection_outside": _("收到反映的日期应在公示开始之后、今天之前，请核对"),
    "objection_half": _("办结日期和核实结果应同时填写"),
    "objection_handled_wrong": _("办结日期应在收到之后、今天之前，请核对"),
    "result_says_nothing_came": _("公示期间登记过收到的反映，请改选其他公示结果"),
    "result_says_something_came": _("没有登记收到的反映。请先登记，或改选“未收到反映”"),
    "result_passes_over": _("有核实属实、影响发展的反映，公示结果应选择“反映属实，暂不发展”"),
    "heard_after": _("听取意见应在支委会讨论之前，请核对两个日期"),
    "already_member": _("此人在申请日期之前已经入党，请核对人员和申请日期"),
    "review_too_early": _("考察日期不能早于 %(needs)s，请核对"),
}


def article(code: str, version: str) -> str:
    """The citation of a step's article, such as 《发展党员工作细则》（2026 年）第十三条; "" where there is none."""
    number = rules.article_of(step=rules.BY_CODE[code], version=version)
    if not number:
        return ""
    spoken = number if (get_language() or "zh").startswith("en") else chinese(int(number))
    return _now("《发展党员工作细则》（%(version)s 年）第%(number)s条") % {"version": version, "number": spoken}


def sentence(problem: rules.Problem, version: str) -> str:
    """What is wrong, why, by which article, and what to do."""
    needs = STEPS.get(problem.needs, problem.needs)
    said = str(PROBLEMS[problem.code]) % {"step": STEPS[problem.step], "needs": needs}
    cited = article(problem.step, version)
    return f"{said}（{cited}）" if cited else said


class State(models.TextChoices):
    APPLIED = "applied", _("入党申请人")
    ACTIVIST = "activist", _("入党积极分子")
    OBJECT = "object", _("发展对象")
    PROBATION = "probation", _("预备党员")
    FULL = "full", _("已转正")
    CANCELLED = "cancelled", _("已取消预备党员资格")
    ENDED = "ended", _("已终止培养")


class Recommended(models.TextChoices):
    MEMBERS = "members", _("党员推荐")
    LEAGUE = "league", _("群团组织推优")


class Conclusion(models.TextChoices):
    PASS = "pass", _("合格")  # noqa: S105  no password
    FAIL = "fail", _("不合格")
    PENDING = "pending", _("待定")


class Because(models.TextChoices):
    OWN = "own", _("本人撤回申请")
    MOVED = "moved", _("调离本单位")
    DECIDED = "decided", _("党组织研究决定")


class Result(models.TextChoices):
    CLEAR = "clear", _("未收到反映")
    SETTLED = "settled", _("收到反映，经核实不影响发展")
    BLOCKED = "blocked", _("反映属实，暂不发展")


class Channel(models.TextChoices):
    LETTER = "letter", _("来信")
    CALL = "call", _("来电")
    VISIT = "visit", _("来访")
    ONLINE = "online", _("网上")


class Outcome(models.TextChoices):
    UNFOUNDED = "unfounded", _("不属实")
    MINOR = "minor", _("部分属实，不影响发展")
    FOUNDED = "founded", _("属实，影响发展")
