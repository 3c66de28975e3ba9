"""Messages about the product from branches, most of them answered in time."""

from datetime import timedelta

from luoshi.engine.actor import Actor
from luoshi.engine.bulk import save_many
from luoshi.engine.register import register
from luoshi.registers.opinions.models import Feedback, State, Topic
from luoshi.registers.opinions.rules import answer_due

from .people import Crew
from .units import Tree, dice

MESSAGES = (
    (Topic.FUNCTION, "手机上登记会议时，参会人员列表较长，希望可以按姓氏折叠。", "/meetings/record/", "已按姓氏笔画分组显示。"),
    (Topic.DATA, "本支部两名党员已经调离，名单里仍有姓名。", "/r/position/", "已核对任职记录，离任日期已补登。"),
    (Topic.SUGGESTION, "建议打印的未办清单增加联系电话一栏，由支部手工填写。", "/duties/", "打印页已留出“联系结果”一栏，可手工填写。"),
    (Topic.FUNCTION, "导入活动时提示日期有误，表格里写的是 2026.3。", "/r/event/import/", "日期须写到日，模板里已加示例。"),
    (Topic.SUGGESTION, "建议要点措施可以按牵头单位打印。", "/plan/", "列表页选择牵头单位后导出，打印的就是所选内容。"),
    (Topic.OTHER, "支部书记换届后，账号由谁办理交接。", "/", "由上级党委办公室按任职记录调整授权。"),
    (Topic.DATA, "党小组会应由小组登记还是支部登记。", "/meetings/record/", "由党小组登记，支部首页可以看到。"),
    (Topic.SUGGESTION, "希望大字版的表格也能放大。", "/r/meeting/", "大字版已对表格生效。"),
)


def build(actor: Actor, tree: Tree, crew: Crew) -> None:
    """Twenty-four over the year; three of the latest still wait, one of them too long."""
    roll = dice("messages")
    rows = []
    for n in range(24):
        topic, text, page, answer = MESSAGES[n % len(MESSAGES)]
        unit = roll.choice(tree.branches).unit
        received = actor.today - timedelta(days=(3, 9, 40)[n] if n < 3 else roll.randrange(45, 340))
        row = Feedback(unit=unit, topic=topic, text=text, page=page, received_on=received)
        if n >= 3:
            row.answered_on = min(received + timedelta(days=roll.randrange(1, 24)), actor.today)
            row.state, row.answer, row.handler = State.ANSWERED, answer, roll.choice(crew.cadres)
        elif answer_due(received=received) < actor.today:
            row.state, row.handler = State.ASSIGNED, crew.cadres[0]
        rows.append(row)
    if refused := save_many(actor, register("feedback"), rows, verb="add"):
        raise RuntimeError(f"messages refused: {refused}")
