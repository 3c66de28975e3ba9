"""One meeting on one page: agenda, papers, decisions, and how what it handed to somebody stands."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine.follow_up import words
from luoshi.engine.pages.detail import get_row
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

LISTED = 100


def board_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What of the meeting this reader may see."""
    actor = request.actor  # type: ignore[attr-defined]
    one = register("meeting")
    row = get_row(one, actor, pk)
    papers = list(register("meeting_paper").rows(actor).filter(meeting=row).select_related("file").order_by("id")[:LISTED])
    tasks = list(register("meeting_task").rows(actor).filter(meeting=row).select_related("owner").order_by("due_on", "id")[:LISTED])
    return render(request, "meetings/board.html", {
        "title": _("议程、材料和交办事项"), "row": row, "papers": papers,
        "agenda": [line for line in row.agenda.splitlines() if line.strip()],
        "decisions": [line for line in row.decisions.splitlines() if line.strip()],
        "tasks": [(each, state, words()[state]) for each in tasks for state in (each.state(actor.today),)],
        "closed": sum(1 for each in tasks if each.closed_on),
        "may_record": one.may(actor, Verb.CHANGE, row.place), "may_add": register("meeting_task").may(actor, Verb.ADD, row.place),
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[one.name])),
                   (str(row), reverse("detail", args=[one.name, pk])), (_("议程、材料和交办事项"), None)],
    })
