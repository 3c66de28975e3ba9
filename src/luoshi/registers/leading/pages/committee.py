"""One committee meeting on one page: the agenda with votes and papers, and how the decisions stand."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine.follow_up import words
from luoshi.engine.pages.detail import get_row
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

from ..models.committee import committee_size
from ..rules import committee as rules

LISTED = 200


def board_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Agenda, papers and decisions that this reader may see."""
    actor = request.actor  # type: ignore[attr-defined]
    one = register("committee_meeting")
    row = get_row(one, actor, pk)
    papers = list(register("committee_paper").rows(actor).filter(meeting=row).select_related("file").order_by("item", "id")[:LISTED])
    decisions = list(register("committee_decision").rows(actor).filter(meeting=row).select_related("owner")
                     .order_by("due_on", "id")[:LISTED])
    items = [(n, item, [p for p in papers if p.item == n]) for n, item in enumerate(row.items.order_by("pk"), 1)]
    seats = committee_size(row.unit_id, row.held_on)
    return render(request, "leading/committee.html", {
        "title": _("议题、材料和决定办理"), "row": row, "article": rules.ARTICLE,
        "items": items, "other": [p for p in papers if p.item > len(items)],
        "decisions": [(each, state, words()[state]) for each in decisions for state in (each.state(actor.today),)],
        "closed": sum(1 for each in decisions if each.closed_on),
        "seats": seats if seats and seats != row.expected else 0,
        "may_add": register("committee_decision").may(actor, Verb.ADD, row.place),
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[one.name])),
                   (str(row), reverse("detail", args=[one.name, pk])), (_("议题、材料和决定办理"), None)],
    })
