"""A democratic-life meeting as a pack: its stages with lamps, what comes next, statements, problems, rectification."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.follow_up import words
from luoshi.engine.pages.detail import get_row
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.kernel import follow_up
from luoshi.ui.render import render

from ..documents.life import rectifications, stage_label
from ..models import DemocraticLife
from ..rules import life as rules

LISTED = 200


def pack_page(request: HttpRequest, pk: int) -> HttpResponse:
    """All of one meeting that this reader may see; the reading is noted."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    one = register("democratic_life")
    row = get_row(one, actor, pk)
    write.note_reading(actor, one, row)
    its = rectifications(row, actor)[:LISTED]
    statements = list(register("life_statement").rows(actor).filter(life=row).select_related("person", "file")
                      .order_by("person__strokes", "id")[:LISTED])
    following = rules.next_stage(days=row.days)
    return render(request, "leading/life.html", {
        "title": row.title, "row": row, "stages": stages(row, actor), "next": stage_label(following) if following else "",
        "count": len(rules.STAGES), "may": one.may(actor, Verb.CHANGE, row.place), "found": list(row.found.order_by("-times", "pk")),
        "statements": statements, "closed": sum(1 for each in its if each.closed_on),
        "rectifications": [(each, state, words()[state]) for each in its for state in (each.state(actor.today),)],
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[one.name])),
                   (str(row), reverse("detail", args=[one.name, pk])), (_("环节、材料和整改"), None)],
    })


def stages(row: DemocraticLife, actor: Actor) -> list[tuple[str, str, str, str, str]]:
    """(label, address, lamp, word, note) of each stage; only the next one and what is due has a lamp that calls."""
    following, made = rules.next_stage(days=row.days), []
    edit = reverse("edit", args=["democratic_life", row.pk]) if register("democratic_life").may(actor, Verb.CHANGE, row.place) else ""
    for name, day in row.days.items():
        due = rules.due(stage=name, days=row.days, year=row.year)
        state = follow_up.state(due_on=due, closed_on=day, today=actor.today)
        if name == following and state == "none":
            state = "soon"
        word = {"ok": _("已完成"), "soon": _("下一步") if name == following else _("临近"), "late": _("逾期"), "none": _("未开始")}[state]
        note = str(day) if day else _("截止 %(day)s") % {"day": due} if due else ""
        made.append((stage_label(name), "" if day or not edit else f"{edit}#f-{name}", state, word, note))
    return made
