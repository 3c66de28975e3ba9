"""Classes of three years: rotation of leading cadres, activists, secretaries, staff, discipline, the young; some take people now."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from random import Random
from typing import Any

from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.bulk import save_many
from luoshi.engine.candidates import called
from luoshi.engine.register import register
from luoshi.foundation.people import STAFF_POSTS, Person, Position, Post, held
from luoshi.foundation.units import System
from luoshi.registers.training.forms import numbered
from luoshi.registers.training.models import (
    ClassState,
    Course,
    Enrolment,
    Kind,
    Lesson,
    Result,
    Room,
    Teacher,
    TrainingClass,
)

from .people import Crew
from .units import Tree, dice

COURSES = (("海图测绘业务管理", "业务", 4), ("支部工作条例解读", "党务", 4), ("公文写作与处理", "能力", 4), ("党员发展程序", "党务", 8),
           ("财务与经费管理", "能力", 4), ("监督执纪工作规则", "纪检", 4), ("应急值守案例", "业务", 4), ("数据共享与安全", "业务", 4))
TEACHERS = (("邵启明", "平川行政学院", "党务"), ("温若谷", "平川行政学院", "公文写作"), ("裴景行", "海图档案馆", "业务管理"),
            ("詹望舒", "平川审计学会", "财务"))
ROOMS = (("一层大教室", "机关党校一层", 120), ("二层研讨室", "机关党校二层", 40), ("网络教室", "信息中心三层", 60))


def build(actor: Actor, tree: Tree, crew: Crew) -> None:
    roll = dice("training")
    courses = _store(actor, "course", [Course(unit=tree.root, name=name, field=field, hours=hours) for name, field, hours in COURSES])
    teachers = _store(actor, "teacher", [Teacher(unit=tree.root, name=name, organisation=where, field=field)
                                         for name, where, field in TEACHERS])
    rooms = _store(actor, "room", [Room(unit=tree.root, name=name, address=where, seats=seats) for name, where, seats in ROOMS])
    for training, people in _ended(actor, tree, crew, roll):
        _held(actor, training, people, roll)
    year, today = actor.today.year, actor.today
    late = _class(tree, f"{year}年青年能力培训班", Kind.YOUTH, today - timedelta(days=9), 3, 24)
    born = today - timedelta(days=365 * 30)
    young = [one for one in _holding(today, (Post.MEMBER,)) if one.born and one.born > born]
    _held(actor, late, _some(roll, young, 0.06), roll, results=False)
    for training in (
            _class(tree, f"{year}年司处级干部轮训班（第二批）", Kind.ROTATION, today + timedelta(days=20), 5, 40, away=True, seats=60),
            _class(tree, f"{year}年入党积极分子培训班（第二期）", Kind.ACTIVIST, today + timedelta(days=30), 3, 24)):
        training.state = ClassState.OPEN
        write.save(actor, register("training_class"), training, lines={"lessons": _lessons(training, courses, teachers, rooms)})


def _ended(actor: Actor, tree: Tree, crew: Crew, roll: Random) -> Iterator[tuple[TrainingClass, list[Person]]]:
    """Classes that are over, and who was in them."""
    year, today = actor.today.year, actor.today
    officials = _holding(today, (Post.OFFICIAL,))
    heads = [one[0] for one in crew.committee.values() if one]
    for name, kind, back, days, hours, people, share in (
            (f"{year - 2}年司处级干部轮训班", Kind.ROTATION, 790, 5, 40, officials, 0.5),
            (f"{year - 1}年部党校进修班", Kind.SCHOOL, 600, 92, 560, officials, 0.08),
            (f"{year}年司处级干部轮训班（第一批）", Kind.ROTATION, 180, 5, 40, officials, 0.45),
            (f"{year}年支部书记支委培训班", Kind.SECRETARY, 150, 7, 56, heads, 0.85),
            (f"{year}年党务干部培训班", Kind.STAFF, 120, 3, 24, _holding(today, STAFF_POSTS), 0.7),
            (f"{year}年纪检干部培训班", Kind.DISCIPLINE, 100, 3, 24, _holding(today, (Post.DISCIPLINE, Post.DISCIPLINE_CADRE)), 0.6)):
        away = kind in (Kind.ROTATION, Kind.SCHOOL)
        yield _class(tree, name, kind, today - timedelta(days=back), days, hours, away=away), _some(roll, people, share)
    activists = _class(tree, f"{year}年入党积极分子培训班（第一期）", Kind.ACTIVIST, today - timedelta(days=70), 3, 24)
    yield activists, _activists(roll, actor)


def _class(tree: Tree, name: str, kind: Kind, starts: date, days: int, hours: int, **more: Any) -> TrainingClass:
    return TrainingClass(unit=tree.root, name=name, kind=kind, starts_on=starts, ends_on=starts + timedelta(days=days - 1), days=days,
                         hours=hours, venue="机关党校", content="按年度工作要点安排课程\n结合业务工作研讨", state=ClassState.ENDED, **more)


def _lessons(training: TrainingClass, courses: list[Any], teachers: list[Any], rooms: list[Any]) -> list[Lesson]:
    return [Lesson(day=training.starts_on + timedelta(days=n // 2), begins=time(9) if n % 2 == 0 else time(14),
                   ends=time(11, 30) if n % 2 == 0 else time(16, 30), course=courses[n], teacher=teachers[n % len(teachers)],
                   room=rooms[training.starts_on.day % 2]) for n in range(min(2 * training.days, len(courses)))]


def _held(actor: Actor, training: TrainingClass, people: list[Person], roll: Random, *, results: bool = True) -> None:
    """A class that is over; nearly all finished, a few had too much leave or were called away."""
    write.save(actor, register("training_class"), training)
    rows = []
    for person in sorted({one.pk: one for one in people}.values(), key=lambda one: one.pk):
        leave = roll.choice((0, 0, 0, 0, 2, training.hours // 8))
        row = Enrolment(unit=person.unit, training=training, person=person, enrolled_on=training.starts_on - timedelta(days=14))
        if results and roll.random() < 0.03:
            row.result = Result.LEFT
        elif results:
            row.hours, row.leave_hours, row.result = training.hours - leave, leave, Result.COMPLETED
        rows.append(row)
    numbered(training, rows)
    _store(actor, "enrolment", rows)


def _holding(today: date, posts: tuple[str, ...]) -> list[Person]:
    rows = Position.objects.filter(held(today), post__in=posts, unit__system=System.PARTY)
    return list(Person.objects.filter(pk__in=rows.values("person")).select_related("unit").order_by("pk"))


def _activists(roll: Random, actor: Actor) -> list[Person]:
    before = actor.today - timedelta(days=80)
    pks = [pk for pk, since in called("activists", actor).items() if since < before]
    return _some(roll, list(Person.objects.filter(pk__in=pks).select_related("unit").order_by("pk")), 0.6)


def _some(roll: Random, people: list[Person], share: float) -> list[Person]:
    return [one for one in people if roll.random() < share]


def _store(actor: Actor, name: str, rows: list[Any]) -> list[Any]:
    if refused := save_many(actor, register(name), rows, verb="add"):
        raise RuntimeError(f"{name} refused: {dict(list(refused.items())[:3])}")
    return rows
