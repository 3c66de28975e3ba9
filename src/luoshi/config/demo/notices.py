"""Notices of the office to its units, most of them confirmed, and what the branch of the demo is reminded of."""

from datetime import date, datetime, time, timedelta

from luoshi.engine.actor import Actor
from luoshi.engine.bulk import save_many
from luoshi.engine.duties import owed
from luoshi.engine.register import register
from luoshi.engine.reminders import asking
from luoshi.foundation.units import Unit
from luoshi.kernel.zones import zone
from luoshi.registers.notices.models import Notice, NoticeReceipt

from .units import Tree, dice

# (title, text, days ago, days for a reply or 0, to branches, tenths that have done it)
NOTICES = (
    ("关于做好年度总结报送工作的通知",
     "请各党支部对照年度工作安排总结全年工作，写明完成情况、存在问题和下一步安排，在回复期限前回复本通知，并上传总结。", 6, 14, True, 4),
    ("关于核对党员名册的通知",
     "请各单位核对本单位党员名册，发现信息有误的，通过“申请更正”提交。核对完毕后确认收到。", 12, 0, False, 8),
    ("关于报送明年工作计划建议的通知", "请各单位结合职责提出明年工作计划的建议，每条写明事项、时间和责任单位。", 40, 15, False, 9),
    ("关于调整季度例会时间的通知", "本季度例会调整到月末的周四上午召开，请各单位安排人员参加。", 75, 0, False, 10),
)


def build(actor: Actor, tree: Tree) -> None:
    roll = dice("notices")
    for title, text, ago, days, branches, tenths in NOTICES:
        sent = actor.today - timedelta(days=ago)
        row = Notice(unit=tree.root, title=title, text=text, sent_on=sent, reply_by=sent + timedelta(days=days) if days else None)
        _keep(actor, "notice", [row])
        units = [one.unit for one in tree.branches] if branches else tree.firsts
        receipts = []
        for n, unit in enumerate(units):
            one = NoticeReceipt(notice=row, unit=unit)
            if n != 1 and roll.randrange(10) < tenths:
                one.confirmed_on = _after(roll.randrange(3), sent, actor.today)
                if days:
                    one.replied_on = _after(roll.randrange(2, days + 3), sent, actor.today)
                    one.reply = "已按要求办理，内容无遗漏。" if roll.randrange(2) else "已按要求办理。"
            receipts.append(one)
        _keep(actor, "notice_receipt", receipts)


def remind(actor: Actor, unit: Unit) -> None:
    """Remind the branch of the demo as the daily run would; asked once the accounts stand."""
    moment = datetime.combine(actor.today, time(9), zone(""))
    asking.remind(owed(root=unit.place, today=actor.today), day=actor.today, moment=moment)


def _after(days: int, sent: date, today: date) -> date:
    return min(sent + timedelta(days=days), today)


def _keep(actor: Actor, name: str, rows: list[Notice] | list[NoticeReceipt]) -> None:
    if refused := save_many(actor, register(name), list(rows), verb="add"):
        raise RuntimeError(f"{name} refused: {refused}")
