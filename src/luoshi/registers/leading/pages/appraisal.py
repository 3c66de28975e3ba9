"""A democratic appraisal with its steps, the bound of the excellent tier, and the organisation-life meeting it belongs to."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine.pages.detail import get_row
from luoshi.engine.register import register
from luoshi.ui.render import render

from ..rules import appraisal as rules

NEAR = timedelta(days=45)  # an organisation-life meeting that may be the same occasion
LIFE = "life"  # the kind under which the register of meetings keeps organisation-life meetings


def steps_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing is typed here: the meeting is found among the recorded ones of the same branch."""
    actor = request.actor  # type: ignore[attr-defined]
    one = register("appraisal")
    row = get_row(one, actor, pk)
    meetings = list(register("meeting").rows(actor).filter(
        unit=row.unit, kind=LIFE, held_on__gte=row.held_on - NEAR, held_on__lte=row.held_on + NEAR).order_by("held_on", "id")[:5])
    tiers = [(one.model._meta.get_field(name).verbose_name, getattr(row, name))  # type: ignore[union-attr]
             for name in ("excellent", "qualified", "basic", "unqualified")]
    return render(request, "leading/appraisal.html", {
        "title": _("步骤、比例和组织生活会"), "row": row, "tiers": tiers, "meetings": meetings,
        "over": rules.over(members=row.members, excellent=row.excellent),
        "names": [each.person.name for each in row.named.select_related("person").order_by("person__strokes", "pk")],
        "steps": [_("个人自评"), _("党员互评"), _("民主测评"), _("支部委员会或党员大会确定结果"), _("反馈和后续教育帮助")],
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[one.name])),
                   (str(row), reverse("detail", args=[one.name, pk])), (_("步骤、比例和组织生活会"), None)],
    })
