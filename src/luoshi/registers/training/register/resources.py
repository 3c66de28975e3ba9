"""Courses, teachers and rooms."""

from itertools import count

from django.utils.translation import gettext_lazy as _

from luoshi.engine.register import Register

from ..models import Course, Room, Teacher

_names = count(1)


class Courses(Register):
    name = "course"
    model = Course
    entry = ""
    line = "party"
    columns = ("name", "field", "hours", "unit")
    filters = ("unit", "field")
    form = ("unit", "name", "field", "hours")
    key = ("unit", "name")
    search = ("name", "field")
    order = ("name", "id")
    sample = {"name": lambda _unit, _actor: f"{_('课程')}{next(_names)}", "hours": 4}


class Teachers(Register):
    name = "teacher"
    model = Teacher
    entry = ""
    line = "party"
    columns = ("name", "organisation", "field", "unit")
    filters = ("unit",)
    form = ("unit", "name", "organisation", "field")
    key = ("unit", "name", "organisation")
    search = ("name", "organisation", "field")
    order = ("name", "id")
    sample = {"name": lambda _unit, _actor: f"{_('教师')}{next(_names)}"}


class Rooms(Register):
    name = "room"
    model = Room
    entry = ""
    line = "party"
    columns = ("name", "address", "seats", "unit")
    filters = ("unit",)
    form = ("unit", "name", "address", "seats")
    key = ("unit", "name")
    search = ("name", "address")
    order = ("name", "id")
    sample = {"name": lambda _unit, _actor: f"{_('教室')}{next(_names)}", "seats": 40}
