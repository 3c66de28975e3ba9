"""The sentences of the rules of posts abroad."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "ends_before_month": _("有效期不能早于所属月份，请改为较晚的日期"),
    "no_account": _("该人员没有启用的账号，请联系系统管理人员开通账号"),
    "other_unit": _("离线包只能签发给本单位的人员，请改选"),
    "ends_before_start": _("任期结束日期不能早于开始日期，请核对"),
    "handed_before_start": _("交接日期不能早于任期开始日期，请核对"),
    "follows_oneself": _("接任人不能是本人，请改选"),
    "later_than_today": _("联络日期不能晚于今天，请改为实际联络日期"),
}
