"""The sentences behind the codes of the rules, and why somebody was away."""

from django.db import models
from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "later_than_today": _("日期不能晚于今天，请改为实际日期"),
    "count_without_whole": _("应到人数和实到人数须同时填写，请补充"),
    "more_than_expected": _("实到人数不能多于应到人数，请核对两项"),
    "absent_and_present": _("实到人数与缺席人数之和多于应到人数，请核对"),
    "absent_without_reason": _("未到会的须注明原因，请选择请假、出差等原因"),
    "reason_though_present": _("已到会的不需要缺席原因，请清除原因或取消“到会”"),
    "made_up_though_present": _("已到会的不需要补学，请清除补学日期"),
    "made_up_before": _("补学日期不能早于学习日期，请核对"),
    "other_unit": _("所选记录属于另一单位，请重新选择"),
    "plan_of_another_year": _("计划确定日期应在计划年度或上一年度内，请核对"),
    "no_quorum": _("到会人数未达到规定，不能进行表决；请核对实到人数，或清除表决票数"),
    "votes_without_yes": _("填写表决票数时须填写赞成票数，没有时填 0"),
    "more_votes_than_present": _("赞成、反对、弃权票数之和不能多于实到人数，请核对票数"),
    "due_before_decided": _("办理期限不能早于决定日期，请核对"),
    "closed_before_decided": _("办结日期不能早于决定日期，请核对"),
    "closed_without_result": _("填写办结日期时须写明办理结果"),
    "before_opening": _("日期不能早于启动日期，请核对两项"),
    "after_the_meeting": _("会前环节的日期不能晚于会议日期，请核对"),
    "meeting_not_held": _("会议尚未召开，请先填写会议日期"),
    "before_the_meeting": _("会后环节的日期不能早于会议日期，请核对"),
    "attendance_missing": _("填写会议日期时须填写应到人数和实到人数"),
    "fewer_than_two_thirds": _("到会人数不足应到人数的三分之二，会议不能召开；请改期，待人数达到规定后再填写会议日期"),
    "stage_left_out": _("会议召开前须完成这一环节，请填写日期"),
    "due_before_listed": _("整改期限不能早于列入日期，请核对"),
    "closed_before_listed": _("完成日期不能早于列入日期，请核对"),
    "appraised_in_another_year": _("评议日期应在评议年度或次年内，请核对两项"),
    "more_than_members": _("参加评议人数不能多于党员总数，请核对两项"),
    "tiers_do_not_add_up": _("四个等次的人数之和应等于参加评议人数，请核对"),
    "above_one_third": _("优秀等次一般不超过党员总数的三分之一；请核减人数，确需超过的请在“超过比例的说明”中写明"),
    "named_otherwise": _("所列优秀党员人数与“优秀”人数不一致，请核对名单"),
    "counted_before": _("会议尚未召开，不能登记到会人数"),
    "more_names_than_heads": _("名单人数多于到会人数，请核对两项"),
}


class Reason(models.TextChoices):
    LEAVE = "leave", _("请假")
    TRAVEL = "travel", _("出差")
    SICK = "sick", _("病假")
    OTHER = "other", _("其他")
