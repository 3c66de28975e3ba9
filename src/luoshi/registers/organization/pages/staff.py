"""Who does party, discipline, union and league work, full-time or beside other work, and for how many members."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine.pages.duties import XLSX
from luoshi.engine.pages.papers import download
from luoshi.engine.register import register
from luoshi.engine.transfer import sheets
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import STAFF_POSTS, Position, Post, held
from luoshi.foundation.units import Body, Unit
from luoshi.kernel import places
from luoshi.ui.render import render

from ..rules import kinds
from .bodies import SHOWN, numbers


def page(request: HttpRequest) -> HttpResponse:
    """The roster of today, all of it or one sort; `as=xlsx` gives the same rows as a workbook."""
    actor, one = request.actor, register("position")  # type: ignore[attr-defined]
    one.require(actor, Verb.SEE)
    chosen = request.GET.get("post", "")
    posts = [chosen] if chosen in STAFF_POSTS else list(STAFF_POSTS)
    rows = list(one.rows(actor).filter(held(actor.today), post__in=posts).select_related("person", "unit")
                .order_by("place", "post", "-full_time", "person__strokes", "pk"))
    listed = _listed(actor, rows)
    title = _("专兼职干部名册")
    if request.GET.get("as") == "xlsx":
        data = sheets.write_xlsx(title, _heads(), listed, note=_("导出人 %(name)s，数据截至 %(day)s")
                                 % {"name": actor.name, "day": actor.today.isoformat()})
        return download(data, f"{title}-{actor.today.isoformat()}.xlsx", XLSX)
    here = reverse("staff")
    ways = [(_("全部"), here, chosen not in STAFF_POSTS),
            *((post.label, f"{here}?post={post.value}", post.value == chosen) for post in STAFF_POSTS)]
    export = f"{here}?as=xlsx" + (f"&post={chosen}" if chosen in STAFF_POSTS else "")
    full = sum(1 for row in rows if row.full_time)
    return render(request, "organization/staff.html", {
        "title": title, "ways": ways, "heads": _heads(), "rows": list(zip(rows, listed, strict=True))[:SHOWN],
        "more": max(len(rows) - SHOWN, 0), "toolbar": _toolbar(actor, export),
        "note": _("按 %(day)s 的任职情况，共 %(n)d 人次，其中专职 %(full)d 人次") % {
            "day": actor.today.isoformat(), "n": len(rows), "full": full},
        "crumbs": [(_("首页"), reverse("home")), (title, None)],
    })


def _toolbar(actor: Any, export: str) -> list[tuple[str, str, str, bool]]:
    found = [(_("导出名册"), export, "download", False)]
    if register("recusal").may(actor, Verb.ADD):
        found.append((_("登记回避声明"), reverse("new", args=["recusal"]), "plus", False))
    if register("position").may(actor, Verb.ADD):
        found.append((_("登记任职"), reverse("new", args=["position"]), "plus", True))
    return found


def _heads() -> list[str]:
    return [_("姓名"), _("单位"), _("职务"), _("专兼职"), _("任职日期"), _("单位党员、会员或团员"), _("人均联系"), _("回避声明")]


def _served(unit: Unit) -> str:
    """The place whose members the staff of a unit look after: an office works for the body above it."""
    return places.parent(unit.place) if unit.body == Body.OFFICE and unit.parent_id else unit.place


def _listed(actor: Any, rows: list[Position]) -> list[list[Any]]:
    """Cells of the roster; the share of a person is the members at and below the unit, by those of the same post there."""
    members = numbers(actor)[1]
    shared = Counter((row.unit_id, row.post) for row in rows)
    declared: dict[int, str] = {}
    if register("recusal").may(actor, Verb.SEE):
        found = register("recusal").rows(actor).order_by("declared_on").values_list("person", "declared_on")
        declared = {person: day.isoformat() for person, day in found}
    return [[row.person.name, row.unit.name, str(row.get_post_display()), _("专职") if row.full_time else _("兼职"),
             row.since.isoformat(), members[_served(row.unit)],
             kinds.workload(members=members[_served(row.unit)], staff=shared[row.unit_id, row.post]),
             declared.get(row.person_id, _("未登记")) if row.post == Post.DISCIPLINE_CADRE else ""] for row in rows]
