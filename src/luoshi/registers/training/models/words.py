"""The sentences behind the codes of the rules."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "ends_before_start": _("结束日期不能早于开始日期，请核对"),
    "lesson_ends_first": _("课程的结束时间应晚于开始时间，请核对"),
    "lesson_outside": _("课程日期不在培训班的起止日期之内，请核对"),
    "clash_teacher": _("同一时间同一位教师已安排了其他课程，请调整时间或教师"),
    "clash_room": _("同一时间同一间教室已安排了其他课程，请调整时间或教室"),
    "more_hours": _("参加学时与请假学时之和多于培训班的学时，请核对"),
    "no_hours": _("结业的学员请填写参加学时"),
    "not_over": _("培训班尚未结束，结束之后再登记结业"),
    "too_much_leave": _("脱产培训请假超过总学时的七分之一，按规定应当退学，不能登记结业"),
    "no_certificate_yet": _("只有结业的学员有证书编号，请先登记结业或清空证书编号"),
    "full": _("培训班名额已满，请与主办单位联系增加名额"),
}
