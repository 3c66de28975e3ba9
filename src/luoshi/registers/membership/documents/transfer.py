"""Papers of transfers: the letter of introduction with its stub and receipt slip, and the certificate of a member away."""

from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.documents.paper import Paper, Paragraph, Table
from luoshi.foundation.people import Post

from ..models.away import Away
from ..models.development_fields import written
from ..models.transfer import Kind, Transfer

BLANK = "　　　　"  # to be filled in by hand


def letter(row: Transfer, actor: Actor) -> Paper:
    """Three parts on one paper: stub for the issuer, letter, receipt slip; of a letter from outside only the slip."""
    if row.kind == Kind.IN:
        return Paper(title=_("党员组织关系介绍信回执"), issuer=str(row.unit), kind="介绍信", body=(*_receipt(row),),
                     red_head=False, signed_by=str(row.unit), signed_on=row.receipt_on or row.accepted_on or actor.today)
    issuer = str(row.issuer or row.unit)
    body = (Paragraph(_("存根（由开具单位保存）"), 1), _stub(row), Paragraph(_("介绍信"), 1), *_words(row),
            Paragraph(_("回执（由接收党组织填写后退回）"), 1), *_receipt(row))
    title = _("中国共产党党员组织关系介绍信") if row.issued_on else _("中国共产党党员组织关系介绍信（草稿）")
    return Paper(title=title, issuer=issuer, kind="介绍信", number=row.letter_no, body=body, red_head=False,
                 signed_by=issuer, signed_on=row.issued_on or actor.today)


def _stub(row: Transfer) -> Table:
    return Table(header=(_("项目"), _("内容")), widths=(1, 2), rows=(
        (_("编号"), row.letter_no or BLANK), (_("姓名"), row.who), (_("党员身份"), str(row.get_post_display())),
        (_("转出党支部"), row.unit.name), (_("转往"), _to(row)), (_("转接原因"), str(row.get_cause_display())),
        (_("开具日期"), written(row.issued_on) or BLANK), (_("有效期至"), written(row.valid_until) or BLANK)))


def _to(row: Transfer) -> str:
    return row.receiver.name if row.receiver else row.outside


def _words(row: Transfer) -> tuple[Paragraph, ...]:
    standing = _("预备党员") if row.post == Post.PROBATIONARY else _("正式党员")
    return (Paragraph(_("%(to)s：") % {"to": _to(row)}),
            Paragraph(_("%(name)s同志系中国共产党%(standing)s，组织关系由%(unit)s转去，请接收。")
                      % {"name": row.who, "standing": standing, "unit": row.unit.name}),
            Paragraph(_("有效期 %(days)s 天，至%(last)s止。")
                      % {"days": row.valid_days, "last": written(row.valid_until) or BLANK}))


def _receipt(row: Transfer) -> tuple[Paragraph, ...]:
    sender = row.outside if row.kind == Kind.IN else str(row.issuer or row.unit)
    return (Paragraph(_("%(to)s：") % {"to": sender}),
            Paragraph(_("贵处%(number)s介绍信转来的%(name)s同志的组织关系，我处已于%(day)s接收，编入%(unit)s。")
                      % {"number": row.letter_no or BLANK, "name": row.who, "day": written(row.accepted_on) or BLANK,
                         "unit": _place(row)}))


def _place(row: Transfer) -> str:
    """The branch that the member joined; to be filled in by hand by an organisation outside."""
    if row.kind == Kind.IN:
        return row.unit.name
    return row.receiver.name if row.receiver else BLANK


def certificate(row: Away, actor: Actor) -> Paper:
    """For a leave that is too short for a transfer: that one is a member of this branch, and until when it holds."""
    until = written(row.until) or BLANK
    return Paper(title=_("中国共产党党员证明信"), issuer=str(row.unit), kind="证明信", red_head=False, body=(
        Paragraph(_("有关党组织：")),
        Paragraph(_("%(name)s同志系我支部党员，自%(since)s起前往%(where)s，预计%(until)s返回。外出期间组织关系不转移，"
                    "请安排参加组织生活。") % {"name": row.person.name, "since": written(row.since), "where": row.destination,
                                      "until": until}),
    ), signed_by=str(row.unit), signed_on=actor.today)
