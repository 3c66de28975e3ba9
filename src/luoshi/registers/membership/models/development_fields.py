"""What papers are filled with: the names an office may use in its own Word forms, and their values for one case."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from .development import Case, Review


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper: its title, the step after which it can be printed, and the fields of the default form."""

    code: str
    title: Any
    step: str
    rows: tuple[str, ...]
    text: str = ""  # a sentence above the table, with field names


HEAD = ("姓名", "工号", "出生日期", "所在党支部", "上级党组织")
VOTE = ("支部大会日期", "应到会有表决权人数", "实到会有表决权人数", "赞成票", "反对票", "弃权票", "书面意见数", "表决结果")
CONVERT = ("转正大会日期", "转正应到会人数", "转正实到会人数", "转正赞成票", "转正反对票", "转正弃权票", "转正书面意见数", "转正表决结果")

KINDS: dict[str, Kind] = {one.code: one for one in (
    Kind("application", _("入党申请登记表"), "apply", (*HEAD, "申请入党日期")),
    Kind("talk", _("入党申请人谈话记录"), "talk", (*HEAD, "申请入党日期", "谈话日期", "谈话人")),
    Kind("activist_form", _("入党积极分子登记表"), "activist",
         (*HEAD, "申请入党日期", "推荐方式", "确定积极分子日期", "培养联系人")),
    Kind("activist_filing", _("入党积极分子备案表"), "activist",
         (*HEAD, "推荐方式", "确定积极分子日期", "积极分子备案日期")),
    Kind("cultivation", _("入党积极分子培养考察记录"), "contacts",
         (*HEAD, "确定积极分子日期", "培养联系人", "考察次数", "最近考察日期", "积极分子培训结业日期", "积极分子培训学时")),
    Kind("object_filing", _("发展对象备案表"), "object",
         (*HEAD, "确定积极分子日期", "听取意见日期", "支委会同意日期", "上级同意日期", "同意文号")),
    Kind("political", _("政治审查结论"), "political",
         (*HEAD, "政治审查日期", "政治审查结论", "政治审查单位", "政治审查材料编号")),
    Kind("certificate", _("发展对象培训证明"), "train",
         (*HEAD, "培训结束日期", "培训天数", "培训学时", "培训证明编号")),
    Kind("prereview", _("预审意见"), "prereview",
         (*HEAD, "列为发展对象日期", "入党介绍人", "政治审查结论", "培训结束日期", "支委会审查日期", "预审日期", "预审文号")),
    Kind("resolution", _("接收预备党员支部大会决议"), "meeting", (*HEAD, "入党介绍人", *VOTE),
         "经支部大会讨论，采取无记名投票方式对接收{{ 姓名 }}同志为预备党员进行表决，结果：{{ 表决结果 }}。"),
    Kind("approval", _("接收预备党员批复"), "approve",
         (*HEAD, "支部大会日期", "上级批准日期", "批复文号", "预备期起始", "预备期届满"),
         "同意接收{{ 姓名 }}同志为预备党员，预备期从{{ 预备期起始 }}起至{{ 预备期届满 }}止。"),
    Kind("probation_reviews", _("预备党员考察登记表"), "approve",
         (*HEAD, "预备期起始", "预备期届满", "入党介绍人", "预备期考察次数", "预备期最近考察日期", "宣誓日期")),
    Kind("conversion_resolution", _("预备党员转正支部大会决议"), "convert", (*HEAD, "转正申请日期", *CONVERT),
         "经支部大会讨论，采取无记名投票方式对{{ 姓名 }}同志转为正式党员进行表决，结果：{{ 转正表决结果 }}。"),
    Kind("conversion_approval", _("预备党员转正批复"), "convert_approve",
         (*HEAD, "转正大会日期", "转正批准日期", "转正批复文号", "转正日期"),
         "同意{{ 姓名 }}同志转为正式党员，转正日期为{{ 转正日期 }}。"),
)}

PLAIN = {  # name in a form → column
    "申请入党日期": "applied_on", "谈话日期": "talked_on", "谈话人": "talked_by", "推荐方式": "recommended",
    "确定积极分子日期": "activist_on", "积极分子备案日期": "activist_filed_on", "指定培养联系人日期": "contacts_on",
    "积极分子培训结业日期": "class_on", "积极分子培训学时": "class_hours", "积极分子培训证书编号": "class_paper",
    "听取意见日期": "heard_on", "支委会同意日期": "object_on", "上级同意日期": "consented_on", "同意文号": "consent_paper",
    "列为发展对象日期": "listed_on", "政治审查日期": "political_on", "政治审查结论": "political_result",
    "政治审查单位": "political_body", "政治审查材料编号": "political_paper", "培训结束日期": "trained_on",
    "培训天数": "training_days", "培训学时": "training_hours", "培训证明编号": "training_paper",
    "支委会审查日期": "committee_on", "预审日期": "prereviewed_on", "预审文号": "prereview_paper", "填写志愿书日期": "form_on",
    "支部大会日期": "admitted_on", "应到会有表决权人数": "admit_entitled", "实到会有表决权人数": "admit_present",
    "赞成票": "admit_yes", "反对票": "admit_no", "弃权票": "admit_abstain", "书面意见数": "admit_written",
    "上级谈话日期": "interviewed_on", "上级谈话人": "interviewed_by", "上级批准日期": "approved_on",
    "批复文号": "approval_paper", "预备期起始": "admitted_on", "预备期届满": "probation_ends_on", "宣誓日期": "oath_on",
    "延长决定日期": "extended_on", "延长月数": "extension_months", "转正申请日期": "conversion_applied_on",
    "转正大会日期": "converted_on", "转正应到会人数": "convert_entitled", "转正实到会人数": "convert_present",
    "转正赞成票": "convert_yes", "转正反对票": "convert_no", "转正弃权票": "convert_abstain", "转正书面意见数": "convert_written",
    "转正批准日期": "conversion_approved_on", "转正批复文号": "conversion_paper", "转正日期": "full_on",
}
MADE = ("姓名", "工号", "出生日期", "所在党支部", "上级党组织", "培养联系人", "入党介绍人", "考察次数", "最近考察日期",
        "预备期考察次数", "预备期最近考察日期", "表决结果", "转正表决结果", "公示开始日期", "公示结束日期", "公示结果")
NAMES = frozenset((*PLAIN, *MADE))


def written(day: date | None) -> str:
    """A day as papers write it."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def filled(case: Case) -> dict[str, str]:
    """Every name and its value for a case, "" where it has none yet; in Chinese, whatever the reader's language."""
    with override("zh-hans"):
        return _filled(case)


def _filled(case: Case) -> dict[str, str]:
    found = {name: _plain(case, column) for name, column in PLAIN.items()}
    reviews = [(one.kind, one.held_on) for one in case.reviews.all() if one.held_on and not one.withdrawn]
    found |= {
        "姓名": case.person.name, "工号": case.person.number, "出生日期": written(case.person.born),
        "所在党支部": case.unit.name, "上级党组织": case.unit.parent.name if case.unit.parent else case.unit.name,
        "培养联系人": _people(case.contact_first, case.contact_second),
        "入党介绍人": _people(case.sponsor_first, case.sponsor_second),
        "表决结果": _carried(case, "meeting"), "转正表决结果": _carried(case, "convert"),
    }
    for kind, prefix in ((Review.Kind.ACTIVIST, ""), (Review.Kind.PROBATION, "预备期")):
        days = [day for which, day in reviews if which == kind]
        found[f"{prefix}考察次数"] = str(len(days))
        found[f"{prefix}最近考察日期"] = written(max(days, default=None))
    notice = max((one for one in case.notices.all() if not one.withdrawn), key=lambda one: (one.posted_on, one.pk), default=None)
    found["公示开始日期"] = written(notice.posted_on if notice else None)
    found["公示结束日期"] = written(notice.ends_on if notice else None)
    found["公示结果"] = str(notice.get_result_display()) if notice and notice.result else ""
    return found


def used(kind: Kind, values: dict[str, str], names: frozenset[str] = frozenset()) -> dict[str, str]:
    """The values a paper of a kind shows: those of its own form (`names`), else of the default one."""
    wanted = names or frozenset((*kind.rows, *(name for name in NAMES if f"{{{{ {name} }}}}" in kind.text)))
    return {name: values[name] for name in sorted(wanted)}


def _plain(case: Case, column: str) -> str:
    value = getattr(case, column)
    if isinstance(value, date):
        return written(value)
    if case._meta.get_field(column).choices:  # type: ignore[union-attr]
        return str(getattr(case, f"get_{column}_display")())
    return "" if value is None else str(value)


def _people(*found: Any) -> str:
    return "、".join(one.name for one in found if one)


def _carried(case: Case, which: str) -> str:
    facts = case.facts(alone=True)
    if which not in facts.on:
        return ""
    return "通过" if facts.passed(which) else "未通过"
