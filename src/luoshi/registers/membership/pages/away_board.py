"""Members away: all, those without a fixed place, those abroad, and those to be searched for, with what is proposed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

from ..models.away import Away
from ..models.transfer_words import EDUCATION_24
from ..rules import away as rules

MOST = 500
PAGE = 50  # people on one page of the board
VIEWS = ("all", "floating", "abroad", "lost")
ORDER = ("propose_strike_off", "propose_suspension", "search", "suspended", "normal")


def shown(status: str) -> tuple[str, str]:
    """(lamp, word) of a status."""
    return {
        "normal": ("ok", _("联系正常")), "search": ("soon", _("请查找联系")),
        "propose_suspension": ("late", _("可研究停止党籍")), "suspended": ("none", _("已停止党籍")),
        "propose_strike_off": ("late", _("可研究除名")), "struck": ("none", _("已除名")), "returned": ("none", _("已返回")),
    }[status]


def proposal(row: Away, actor: Actor) -> str:
    """What the organisation may have to consider, and why; "" where nothing."""
    status = row.status(actor.today)
    if status == "propose_strike_off":
        return _("停止党籍已满 2 年，确实无法取得联系的，按照自行脱党予以除名；由组织研究决定")
    if status == "search":
        return _("已超过 %(n)s 个月没有联系，请通过各种方式查找") % {"n": rules.SEARCH_MONTHS}
    if status != "propose_suspension":
        return ""
    return {
        "lost": _("失去联系已满 6 个月，通过各种方式查找仍无法取得联系的，予以停止党籍；由组织研究决定"),
        "settled": _("因私出国（境）并长期定居的，一般予以停止党籍；由组织研究决定"),
        "studied": _("出国（境）学习研究超过 5 年仍未返回的，一般予以停止党籍；由组织研究决定"),
    }[row.reason(actor.today)]


def current(actor: Actor) -> list[tuple[Away, str]]:
    """The members away that the reader may see, with their status, the most pressing first: one query."""
    rows = register("away").rows(actor).filter(returned_on__isnull=True, struck_on__isnull=True)
    found = [(row, row.status(actor.today)) for row in rows.select_related("person", "unit").order_by("place", "id")[:MOST]]
    return sorted(found, key=lambda one: (ORDER.index(one[1]), one[0].last, one[0].pk))


def pressing(actor: Actor) -> list[dict[str, Any]]:
    """Those to be searched for or decided about, for the first screen."""
    found = []
    for row, status in current(actor):
        if status in ORDER[:3]:
            lamp, word = shown(status)
            found.append({"name": row.person.name, "url": reverse("away-page", args=[row.pk]), "lamp": lamp, "word": word,
                          "what": _("失联核查"), "note": _("%(unit)s · 最近联系 %(day)s") % {"unit": row.unit.name, "day": row.last}})
    return found


def board_page(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    door = register("away")
    door.require(actor, Verb.SEE)
    found = current(actor)
    tests = {"all": lambda row, status: True, "floating": lambda row, status: row.where == rules.NOT_FIXED,
             "abroad": lambda row, status: row.where in rules.ABROAD,
             "lost": lambda row, status: status in ORDER[:4]}
    view = request.GET.get("view", "all") if request.GET.get("view") in VIEWS else "all"
    labels = {"all": _("全部外出党员"), "floating": _("流动党员"), "abroad": _("出国（境）党员"), "lost": _("失联核查")}
    here = reverse("away-board")
    rows = [one for one in found if tests[view](*one)]
    at = min(int(request.GET["page"]), max(len(rows) - 1, 0) // PAGE) if request.GET.get("page", "").isdecimal() else 0
    some = rows[at * PAGE:(at + 1) * PAGE]
    return render(request, "membership/away_board.html", {
        "title": _("外出和出国（境）党员"), "rows": [_row(row, status, actor) for row, status in some],
        "pager": _pager(f"{here}?view={view}&page=", at, len(rows)) if len(rows) > PAGE else None,
        "views": [(labels[key], f"{here}?view={key}", key == view, sum(1 for one in found if tests[key](*one))) for key in VIEWS],
        "toolbar": [(_("登记外出"), reverse("new", args=["away"]), "plus", True)] if door.may(actor, Verb.ADD) else [],
        "list": reverse("list", args=["away"]), "lost": view == "lost", "cited": EDUCATION_24, "many": len(found) >= MOST,
        "crumbs": [(_("首页"), reverse("home")), (_("外出和出国（境）党员"), None)],
    })


def _pager(address: str, at: int, count: int) -> tuple[str, str, str]:
    """(address of the page before, of the next one, where one is) of so many people; "" for no such page."""
    shown = _("共 %(n)d 人，第 %(first)d—%(last)d 人") % {"n": count, "first": at * PAGE + 1, "last": min((at + 1) * PAGE, count)}
    return f"{address}{at - 1}" if at else "", f"{address}{at + 1}" if count > (at + 1) * PAGE else "", shown


def _row(row: Away, status: str, actor: Actor) -> dict[str, Any]:
    lamp, word = shown(status)
    return {"name": row.person.name, "url": reverse("away-page", args=[row.pk]), "unit": row.unit.name,
            "where": row.get_where_display(), "destination": row.destination, "since": row.since, "until": row.until,
            "overdue": rules.overdue_return(until=row.until, returned=row.returned_on, on=actor.today),
            "last": row.last_contact_on, "lamp": lamp, "word": word, "late": lamp == "late",
            "proposal": proposal(row, actor)}
