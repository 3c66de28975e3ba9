"""One meeting on one page: agenda, papers, decisions, and how what it handed to somebody stands."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine.follow_up import words
from luoshi.engine.pages.detail import get_row
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

from .. import rules
from ..models import Meeting

LISTED = 100


def quorum(row: Meeting) -> str:
    """Whether enough came for the meeting to count, and by which article; "" where no number is asked for."""
    if row.held_on is None or row.expected is None or row.present is None or row.kind != rules.COMMITTEE:
        return ""
    said = _("应到 %(expected)d 人，实到 %(present)d 人，达到半数，会议有效（%(article)s）") \
        if rules.quorate(kind=row.kind, expected=row.expected, present=row.present) \
        else _("应到 %(expected)d 人，实到 %(present)d 人，未达到半数，不计为已召开（%(article)s）")
    return said % {"expected": row.expected, "present": row.present, "article": rules.QUORUM_ARTICLE}


def votes(row: Meeting) -> list[tuple[str, str, bool]]:
    """(matter, how the votes fell and by which article they count, whether it is carried)."""
    return [(one.subject, _(
        "有表决权 %(entitled)d 人，到会 %(present)d 人，赞成 %(yes)d 票，赞成须超过有表决权人数的半数（%(article)s）") % {
        "entitled": one.entitled, "present": one.present, "yes": one.yes, "article": rules.VOTE_ARTICLES[one.matter]}, one.passed)
        for one in row.votes.order_by("pk")]


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
        "quorum": quorum(row), "votes": votes(row),
        "closed": sum(1 for each in tasks if each.closed_on),
        "may_record": one.may(actor, Verb.CHANGE, row.place), "may_add": register("meeting_task").may(actor, Verb.ADD, row.place),
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[one.name])),
                   (str(row), reverse("detail", args=[one.name, pk])), (_("议程、材料和交办事项"), None)],
    })
