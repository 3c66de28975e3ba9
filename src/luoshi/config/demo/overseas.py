"""Posts abroad: who serves there, who is called when, and this month's packet for each, some of last month's come back."""

from datetime import timedelta

from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.bulk import save_many
from luoshi.engine.packets import contents, wire
from luoshi.engine.register import register
from luoshi.foundation.accounts import Account
from luoshi.foundation.sealed import clear
from luoshi.foundation.units import Kind
from luoshi.kernel import periods
from luoshi.registers.overseas import forms
from luoshi.registers.overseas.models import Contact, Packet, PacketPaper, Rotation

from .people import Crew
from .units import Tree, dice

MATTERS = ("核对本季度组织生活登记", "了解近期学习安排和材料需要", "沟通人员轮换和工作交接", "确认离线包收发情况")

PAPER = """一、集中学习一次，内容由支部确定。
二、学习之后登记时间、主题和到会人数。
三、材料以本包所附为准，联网后可查看全文。"""


def build(actor: Actor, tree: Tree, crew: Crew) -> None:
    roll = dice("overseas")
    posts = [one.unit for one in tree.branches if one.unit.kind == Kind.OVERSEAS]
    start = periods.quarter(actor.today).start
    contacts, terms = [], []
    for n, post in enumerate(posts):
        for back in range(-1, 4):
            planned = periods.add_months(start, -3 * back) + timedelta(days=20 + n % 50)
            done = planned + timedelta(days=roll.randrange(-3, 4)) if roll.random() < 0.95 else None
            contacts.append(Contact(unit=post, planned_on=planned, person=crew.cadres[n % len(crew.cadres)], way=roll.choice(
                ("phone", "video", "mail")), matter=MATTERS[back % 4], done_on=done if done and done <= actor.today else None,
                result="情况已核对，没有需要办公室协调的事项。" if done and done <= actor.today else ""))
        since = periods.add_months(start, -roll.randrange(3, 30))
        until = periods.add_months(since, 36)
        terms.append(Rotation(unit=post, person=crew.secretary[post.pk], duty="支部书记", since=since, until=until))
    for name, rows in (("contact", contacts), ("rotation", terms)):
        if refused := save_many(actor, register(name), rows):
            raise RuntimeError(f"{name} refused: {refused}")


def packets(actor: Actor) -> None:
    """Packets of two months for the post whose secretary has an account: last month's came back, one record was refused."""
    abroad = Account.objects.select_related("home", "person").get(login="abroad")
    for back in (1, 0):
        month = periods.add_months(actor.today, -back)
        packet = Packet(unit=abroad.home, person=abroad.person, month=month, note="网络不便时请用本包登记，收到后一并受理。")
        write.save(actor, register("packet"), packet, lines={"papers": [PacketPaper(title="本月学习安排", text=PAPER)]})
        if back:
            forms.take(forms.opened(_back(packet, actor), actor), actor)


def _back(packet: Packet, actor: Actor) -> str:
    """What the page of a packet makes of two records, the second of a day to come."""
    secret = clear(packet.secret)
    text, sign = contents.signed({"number": packet.number}, secret)
    shown = {"kind": "post", "name": "证件办理示范岗", "spot": "办事处一层", "text": "办理时限公示在窗口。",
             "starts_on": packet.month.isoformat()}
    met = {"kind": "theme_day", "held_on": (actor.today + timedelta(days=5)).isoformat(), "topic": "参观当地展览", "expected": "6"}
    records = [{"key": wire.fingerprint(name)[:32], "register": name, "values": values, "lines": {}}
               for name, values in (("display", shown), ("meeting", met))]
    return wire.packed({"base": wire.fingerprint(text), "sign": sign, "records": records}, number=packet.number, sequence=1,
                       secret=secret)
