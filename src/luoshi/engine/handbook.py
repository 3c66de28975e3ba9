"""A unit's handbook of one year: who it is, what it owed and did, and every record of every register, as one paper."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Person, Position, Post
from luoshi.foundation.units import Unit
from luoshi.kernel import periods
from luoshi.kernel.periods import Period

from . import columns
from .actor import Actor
from .documents.paper import Paper, Paragraph, Table
from .duties import desk
from .home import visible_duties
from .register import Register, registers

WIDE = 6  # columns of a table on an upright page
MOST = 400  # records of one register in one handbook
Part = Paragraph | Table


def handbook(unit: Unit, year: int, actor: Actor) -> Paper:
    """Everything this reader may see of the unit's year, up to today. Sensitive registers are never in it."""
    period = periods.year(year)
    body: list[Part] = [Paragraph(_("基本情况"), 1), *(Paragraph(line) for line in _facts(unit))]
    body += _holders(unit, period, actor)
    body += _owed(unit, period, actor)
    for one, on in dated(actor, unit):
        body += _records(one, on, unit, period, actor)
    return Paper(title=_("%(unit)s\n%(year)d年工作手册") % {"unit": unit, "year": year}, issuer=str(unit), kind="手册",
                 body=tuple(body), red_head=False, as_of=min(actor.today, period.last_day))


def dated(actor: Actor, unit: Unit) -> Iterator[tuple[Register, str]]:
    """The registers whose records belong to a day, with the field that says which; in their own order."""
    for one in registers():
        on = next((i.on for i in one.indicators if i.kind != "S" and i.on and "__" not in i.on), "")
        if on and not one.sensitive and one.may(actor, Verb.SEE, unit.place) and hasattr(one.model, "unit"):
            yield one, on


def _facts(unit: Unit) -> Iterator[str]:
    pairs = ((_("名称"), unit.name), (_("编码"), unit.code), (_("组织类型"), unit.get_body_display()),
             (_("类别"), unit.get_kind_display()), (_("上级"), unit.parent), (_("成立日期"), unit.since.isoformat()),
             (_("撤销日期"), unit.until.isoformat() if unit.until else None))
    for label, value in pairs:
        if value:
            yield _("%(label)s：%(value)s") % {"label": label, "value": value}


def _holders(unit: Unit, period: Period, actor: Actor) -> list[Part]:
    """Who held which post in the year, in the order of the posts; members are counted, not listed."""
    found = next((one for one in registers() if one.model is Position), None)
    if found is None or not found.may(actor, Verb.SEE, unit.place):
        return []
    rows = found.rows(actor).filter(unit=unit, since__lt=period.end).exclude(until__lte=period.start)
    members = Person.objects.filter(pk__in=rows.filter(post__in=(Post.MEMBER, Post.PROBATIONARY)).values("person"))
    posts = [post.value for post in Post]
    seats = sorted(rows.exclude(post__in=(Post.MEMBER, Post.PROBATIONARY)).select_related("person"),
                   key=lambda one: (posts.index(one.post), one.since))
    lines = tuple((str(one.person), str(one.get_post_display()), one.since.isoformat(),
                   one.until.isoformat() if one.until else columns.EMPTY) for one in seats)
    body: list[Part] = [Paragraph(_("组织机构"), 1), Paragraph(_("本年度在册党员 %(n)d 人。") % {"n": members.count()})]
    if lines:
        body.append(Table(header=(_("姓名"), _("职务"), _("任职日期"), _("离任日期")), rows=lines))
    return body


def _owed(unit: Unit, period: Period, actor: Actor) -> list[Part]:
    """Each duty of the unit itself: in how many periods it was owed, met and met in time."""
    owed = [one for one in desk(root=unit.place, today=actor.today, periods=[period],
                                wanted=visible_duties(actor, unit.place)) if one[0].pk == unit.pk]
    rows = []
    for duty in dict.fromkeys(duty for _unit, duty, _lamp in owed):
        its = [lamp for _unit, other, lamp in owed if other is duty and lamp.due <= actor.today and lamp.state != "waived"]
        rows.append((str(duty.label), str(duty.article), str(len(its)), str(sum(one.state == "ok" for one in its)),
                     str(sum(one.timely for one in its))))
    if not rows:
        return []
    header = (_("职责"), _("依据"), _("应办期数"), _("已办"), _("按期"))
    return [Paragraph(_("职责办理情况"), 1), Table(header=header, rows=tuple(rows), widths=(2.4, 3, 1, 1, 1))]


def _records(one: Register, on: str, unit: Unit, period: Period, actor: Actor) -> list[Part]:
    """One register's records of the year: a table of them, then the full paper of each where it belongs here."""
    rows = one.rows(actor).filter(unit=unit, **{f"{on}__gte": period.start, f"{on}__lt": period.end}).order_by(on, "pk")
    found = list(rows[: MOST + 1])
    if not found:
        return []
    heads = [head for head in columns.columns(one) if not {"unit", "unit__name"} & set(head.needs)][:WIDE]
    needed = columns.paths(heads)
    spots = [tuple(needed.index(path) for path in head.needs) for head in heads]
    lines = tuple(tuple(head.text(*[values[i] for i in spot]) or columns.EMPTY
                        for head, spot in zip(heads, spots, strict=True))
                  for values in rows.values_list(*needed)[:MOST])
    body: list[Part] = [Paragraph(one.label, 1), Table(header=tuple(head.label for head in heads), rows=lines)]
    if len(found) > MOST:
        body.append(Paragraph(_("只列出前 %(n)d 条，其余请在台账中导出。") % {"n": MOST}))
    for paper in (each.paper for each in one.documents if each.in_handbook):
        for row in found[:MOST]:
            made = paper(row, actor)
            body.append(Paragraph(" ".join([*made.title.split("\n")[1:], str(row)]), 2))
            body += [Paragraph(part.text, 3 if part.level else 0) if isinstance(part, Paragraph) else part
                     for part in made.body]
    return body

