"""The result of a democratic appraisal: counts of each tier, and the members found excellent."""

from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.documents.paper import Paper, Paragraph, Table

from ..models import Appraisal
from .lines import labelled, under, written


def result(row: Appraisal, actor: Actor) -> Paper:
    """评议结果: how many in each tier; of names only those found excellent."""
    tiers = (("excellent", row.excellent), ("qualified", row.qualified), ("basic", row.basic), ("unqualified", row.unqualified))
    rows = tuple((str(Appraisal._meta.get_field(name).verbose_name), str(n)) for name, n in tiers)  # type: ignore[union-attr]
    names = "、".join(str(one.person) for one in row.named.select_related("person").order_by("person__strokes", "pk"))
    body = [Paragraph(_("评议情况"), 1), *labelled((
        (_("评议日期"), written(row.held_on)), (_("党员总数"), row.members), (_("参加评议人数"), row.took_part),
        (_("方式"), _("与组织生活会一并进行") if row.together else _("单独召开党员大会")))),
        Table(header=(_("等次"), _("人数")), rows=rows, widths=(3, 2)), *under(_("优秀党员名单"), names),
        *under(_("超过比例的说明"), row.reason), *under(_("后续教育帮助安排"), row.follow_up)]
    return Paper(title=_("%(unit)s\n%(year)s年度民主评议党员结果") % {"unit": row.unit, "year": row.year}, issuer=str(row.unit),
                 kind="结果", body=tuple(body), red_head=False, signed_by=str(row.unit), signed_on=row.held_on)
