"""What is printed: the record of a session, the naming list, the booklet of results, the digest of a quarter."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.documents.paper import Paper, Paragraph, Table
from luoshi.engine.register import register

from .models import Check, Digest, Entry, Exchange, LearningCampaign, Reading, Review, StudySession


def session_record(row: StudySession, actor: Actor) -> Paper:
    """The one page of a session: when, what, who was away, what was said."""
    away = "、".join(f"{one.person}（{one.get_reason_display()}）"
                    for one in row.absences.select_related("person").order_by("person__strokes", "pk"))
    read = "；".join(f"《{one.reading.title}》{one.part or one.reading.part}"
                    for one in row.materials.select_related("reading").order_by("pk"))
    missed = _("补 %(day)s 的计划学习") % {"day": row.makes_up.planned_on} if row.makes_up else ""
    pairs = ((_("计划日期"), row.planned_on), (_("学习日期"), row.held_on), (_("地点"), row.venue),
             (_("学习主题"), row.topic), (_("专题"), row.theme), (_("补学"), missed), (_("领学人"), row.leader),
             (_("学习材料"), read), (_("学时"), row.hours), (_("应到人数"), row.expected),
             (_("实到人数"), row.present), (_("缺席人员"), away))
    body: list[Paragraph | Table] = [Paragraph(_("基本情况"), 1)]
    body += [Paragraph(_("%(label)s：%(value)s") % {"label": label, "value": value}) for label, value in pairs
             if value not in (None, "")]
    if row.notes.strip():
        body += [Paragraph(_("学习记录"), 1), *_paragraphs(row.notes)]
    return Paper(title=_("%(unit)s\n集中学习记录") % {"unit": row.unit}, issuer=str(row.unit), kind="学习记录",
                 body=tuple(body), red_head=False, signed_by=str(row.unit), signed_on=row.held_on)


def named(campaign: LearningCampaign, actor: Actor) -> list[Check]:
    """The branches of a naming list in tree order: their records meet every criterion, and a visit confirmed it."""
    confirmed = Review.objects.filter(campaign=campaign, unit=OuterRef("unit"), withdrawn=False, confirmed=True)
    rows = register("learning_check").rows(actor).filter(Exists(confirmed), campaign=campaign, meets=True)
    return list(rows.select_related("unit", "unit__parent").order_by("place", "id"))


def naming_list(campaign: LearningCampaign, actor: Actor) -> Paper:
    """The branches that meet the criteria, in the order of the tree and in no other."""
    found = named(campaign, actor)
    criteria = [Paragraph(f"{one.text}（{one.required}）") for one in campaign.criteria.order_by("pk")]
    rows = tuple((str(i), str(one.unit.parent or ""), str(one.unit), one.checked_on.isoformat())
                 for i, one in enumerate(found, 1))
    body: list[Paragraph | Table] = [Paragraph(_("创建标准"), 1), *criteria, Paragraph(_("命名名单"), 1)]
    if rows:
        body += [Paragraph(_("以下 %(n)d 个支部达到全部标准并经复核确认，按组织顺序排列。") % {"n": len(rows)}),
                 Table(header=(_("序号"), _("上级党组织"), _("支部"), _("自查日期")), rows=rows, widths=(1, 4, 5, 2))]
    else:
        body.append(Paragraph(_("目前没有达到全部标准并经复核确认的支部。")))
    return Paper(title=_("%(name)s\n命名名单") % {"name": campaign.name}, issuer=str(campaign.unit), kind="名单",
                 body=tuple(body), red_head=False, signed_by=str(campaign.unit), as_of=actor.today)


def booklet(exchange: Exchange, actor: Actor) -> Paper:
    """The accepted entries behind a table of contents, by unit in tree order."""
    rows = register("exchange_entry").rows(actor).filter(exchange=exchange, reading=Reading.ACCEPTED)
    entries: list[Entry] = list(rows.select_related("unit").order_by("place", "id"))
    body: list[Paragraph | Table] = []
    if programme := _paragraphs(exchange.programme):
        body += [Paragraph(_("交流会议程"), 1), *programme]
    body.append(Paragraph(_("目录"), 1))
    if entries:
        body.append(Table(header=(_("序号"), _("题目"), _("单位"), _("作者")), widths=(1, 5, 4, 2), rows=tuple(
            (str(i), one.title, str(one.unit), one.author) for i, one in enumerate(entries, 1))))
    else:
        body.append(Paragraph(_("目前没有采用的成果。")))
    for one in entries:
        body += [Paragraph(one.title, 1), Paragraph(_("%(unit)s　%(author)s") % {"unit": one.unit, "author": one.author}),
                 *(_paragraphs(one.abstract) or [Paragraph(_("正文见附件。"))])]
    return Paper(title=_("%(name)s\n成果汇编") % {"name": exchange.name}, issuer=str(exchange.unit), kind="汇编",
                 body=tuple(body), red_head=False, signed_by=str(exchange.unit), signed_on=exchange.held_on,
                 as_of=None if exchange.held_on else actor.today)


def digest_paper(digest: Digest, actor: Actor) -> Paper:
    """The digest of a quarter as its convener wrote it."""
    group = digest.group
    head = [Paragraph(_("研究题目：%(topic)s") % {"topic": group.topic}),
            Paragraph(_("召集人：%(name)s") % {"name": group.convener})]
    papers = [Paragraph(one.title) for one in group.papers.filter(withdrawn=False).order_by("added_on", "pk")]
    listed = [Paragraph(_("研究资料"), 1), *papers] if papers else []
    return Paper(title=_("%(group)s\n%(year)d年%(quarter)s研究综述") % {
        "group": group.name, "year": digest.year, "quarter": digest.get_quarter_display()}, issuer=str(group.unit),
        kind="综述", body=(*head, Paragraph(digest.title, 1), *_paragraphs(digest.text), *listed), red_head=False,
        signed_by=group.name, signed_on=digest.written_on)


def _paragraphs(text: str) -> list[Paragraph]:
    return [Paragraph(line.strip()) for line in text.splitlines() if line.strip()]
