"""The sentences of transfers and of members away: what is wrong, why, and what to do."""

from typing import Any

from django.utils.translation import gettext_lazy as _

EDUCATION_25 = _("《中国共产党党员教育管理工作条例》第二十五条")
EDUCATION_24 = _("《中国共产党党员教育管理工作条例》第二十四条")

PROBLEMS: dict[str, Any] = {
    "later_than_today": _("日期不能晚于今天，请改为实际日期"),
    "person_missing": _("请选择转出的党员"),
    "newcomer_missing": _("请填写转入人员的姓名；曾在本部登记过的，请在“党员”中选择"),
    "number_missing": _("请填写转入人员的工号"),
    "joined_missing": _("请填写转入人员的入党日期"),
    "outside_missing": _("请填写外部党组织的全称"),
    "receiver_missing": _("请选择接收党支部"),
    "receiver_same": _("接收党支部就是转出支部，请另选"),
    "receiver_unfit": _("组织关系转入现有的党支部；临时党支部、党小组和已撤销的组织不接转，请另选"),
    "not_member": _("此人现在不是本支部的党员，请核对党员和支部"),
    "already_member": _("此人现在已是本部某支部的党员，请改用“本部内转接”"),
    "letter_missing": _("请填写介绍信编号"),
    "issue_day_missing": _("请填写介绍信的开具日期"),
    "days_under": _("有效期至少 1 天，请填写天数，例如 30"),
    "days_over": _("介绍信有效期最长 90 天，请缩短后再开具"),
    "issued_before_drafted": _("开具日期不能早于提出日期，请核对"),
    "no_letter": _("介绍信尚未开具，请先开具介绍信"),
    "before_issue": _("日期不能早于介绍信的开具日期，请核对"),
    "presented_missing": _("请填写报到日期"),
    "letter_expired": _("报到时介绍信已过有效期，请退回转出组织重新开具"),
    "accepted_before_presented": _("接收日期不能早于报到日期，请核对"),
    "receipt_before_accepted": _("回执日期不能早于接收日期，请核对"),
    "refusal_missing": _("请写明退回原因，例如：接收支部名称有误"),
    "step_not_allowed": _("这份转接的状态已经变化，请刷新页面后再办理"),
    "facts_fixed": _("党员已经转入，人员、支部和类型不再修改；确有错误请先撤回这份转接"),
    "case_not_taken": _("此人有正在办理的发展党员记录，收到材料后请勾选“已收到发展党员材料”"),
    "number_taken": _("这个工号已有人员使用；确为同一人时，请在“党员”中选择此人"),
    "until_before_since": _("预计返回日期应晚于外出日期，请核对"),
    "returned_before_since": _("返回日期不能早于外出日期，请核对"),
    "settled_elsewhere": _("只有因私出国（境）的填写定居日期，请核对去向"),
    "settled_before_since": _("定居日期不能早于外出日期，请核对"),
    "contact_before_since": _("联系日期不能早于外出日期，请核对"),
    "paper_missing": _("请填写决定的文号"),
    "already_suspended": _("已登记停止党籍，请选择“恢复党籍”或“按自行脱党除名”"),
    "already_struck": _("已登记除名决定，不再登记其他决定"),
    "not_suspended": _("尚未登记停止党籍，请先核对决定的内容"),
    "before_suspension": _("决定日期不能早于停止党籍的日期，请核对"),
    "no_ground": _("决定当日未满失去联系 6 个月，也没有定居国（境）外或出国（境）学习超过 5 年未返回的情形，请核对日期和联系记录"),
    "not_lost": _("只有因失去联系停止党籍的，才按自行脱党除名，请核对"),
    "strike_too_early": _("停止党籍满 2 年后仍无法取得联系的，才按自行脱党除名，请核对日期"),
}


def sentence(code: str) -> Any:
    """The sentence of a code; KeyError for an unknown one."""
    return PROBLEMS[code]
