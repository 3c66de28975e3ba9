"""The sentences behind the codes of the rules."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "ends_before_start": _("结束日期不能早于开始日期，请核对"),
    "outside_year": _("学习计划不跨年度，结束日期应与开始日期在同一年；下一年请另订一份"),
    "no_day": _("请填写实际学习日期"),
    "later_than_today": _("日期不能晚于今天，请改为实际日期"),
    "no_topic": _("请填写学习主题，一句话说明学习内容"),
    "no_attendance": _("请填写应到人数和实到人数"),
    "more_than_expected": _("实到人数不能多于应到人数，请核对两项"),
    "absent_and_present": _("实到人数与缺席人数之和多于应到人数，请核对"),
    "planned_makes_up": _("计划内的学习不能登记为补学；请另外登记一次补学"),
    "missed_was_held": _("所选的计划学习已经举办，无需补学，请核对"),
    "before_missed": _("补学日期应晚于所补的计划日期，请核对"),
    "other_unit": _("所补的学习不是本单位的，请选择本单位未按时举办的一次"),
    "deadline_before_call": _("截止日期不能早于征集日期，请核对"),
    "held_before_call": _("交流会日期不能早于征集日期，请核对"),
    "not_yet_held": _("交流会尚未举办，举办之后再填写参加人数"),
    "call_closed": _("这次征集已不再接收成果，请与征集单位联系"),
    "after_deadline": _("提交日期晚于截止日期，请与征集单位联系调整截止日期"),
    "unit_full": _("本单位提交的成果已达到限额，请先撤回一篇，或与征集单位联系"),
    "no_reason": _("未采用的成果请写明理由"),
    "not_member": _("只有本组成员可以发言，请联系召集人加入"),
    "group_ended": _("研究组已结束，不再登记新的内容"),
    "empty": _("请填写内容"),
}
