"""The sentences behind the codes of the rules."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "no_day": _("请填写会议日期；尚未召开的填写计划日期"),
    "no_attendance": _("登记已召开的会议须填写应到人数和实到人数"),
    "held_and_called_off": _("已召开的会议不能填写取消原因，请清除其中一项"),
    "later_than_today": _("会议日期不能晚于今天，请改为实际开会日期"),
    "more_than_expected": _("实到人数不能多于应到人数，请核对两项"),
    "absent_and_present": _("实到人数与缺席人数之和多于应到人数，请核对"),
    "no_lecturer": _("党课须填写讲课人；外请讲课人可填写在“外请讲课人”一栏"),
    "more_than_entitled": _("实到有表决权人数不能多于应到有表决权人数，请核对两项"),
    "more_votes_than_present": _("赞成、反对、弃权票数之和不能多于实到人数，请核对票数"),
    "due_before_start": _("办理期限不能早于会议日期，请核对"),
    "closed_before_start": _("办结日期不能早于会议日期，请核对"),
    "closed_without_result": _("填写办结日期时须写明办理结果"),
    "other_unit": _("所选会议属于另一单位，请重新选择"),
}
