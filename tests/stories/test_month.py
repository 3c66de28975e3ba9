"""One month of a branch: everything is typed once, and six outputs say the same of it."""

import io
import re
from datetime import date

import pytest
from docx import Document as read_docx
from openpyxl import load_workbook

from luoshi.engine import samples
from luoshi.foundation.people import Position, Post
from luoshi.plan import progress
from luoshi.plan.models import Circular, Measure
from luoshi.plan.tests.conftest import issued, measures, office, plan, ready
from luoshi.registers.meetings.models import Meeting, MeetingTask
from tests.conftest import TODAY

__all__ = ["issued", "measures", "office", "plan", "ready"]

PEOPLE = 25
AWAY = (3, 9)
# What the secretary types, in the order of the days; the last was planned beforehand.
HELD = (
    {"kind": "committee", "held_on": "2026-10-08", "topic": "研究十月组织生活安排", "decisions": "本月下旬开展主题党日"},
    {"kind": "members", "held_on": "2026-10-15", "topic": "通报三季度党费收缴", "decisions": "同意公示"},
    {"kind": "lecture", "held_on": "2026-10-21", "topic": "从一份档案说起"},
)
THEME_DAY = {"kind": "theme_day", "topic": "参观航海博物馆", "planned_on": "2026-10-28", "venue": "航海博物馆"}


@pytest.fixture
def branch(house, system):
    """Twenty-five members, the first five of them the committee."""
    people = [samples.person(house.here) for _n in range(PEOPLE)]
    for n, person in enumerate(people):
        posts = [Post.MEMBER, *([Post.SECRETARY] if n == 0 else [Post.COMMITTEE] if n < 5 else [])]
        for post in posts:
            Position.objects.create(unit=house.here, place=house.here.place, person=person, post=post, since=date(2020, 1, 1))
    return people


class Keyboard:
    """A client that remembers every text a person typed, and refuses to type one twice."""

    def __init__(self, client):
        self.client, self.typed = client, []

    def type(self, address: str, texts: dict, **chosen):
        for text in texts.values():
            assert text not in self.typed, f"typed before: {text}"
            self.typed.append(text)
        answer = self.client.post(address, {**texts, **chosen})
        assert answer.status_code == 302, answer.content.decode()[:2000]
        return answer


def prefilled(page: str, name: str) -> str:
    """What a page has put into a field already."""
    found = re.search(rf'name="{name}"[^>]*? value="([^"]*)"', page)
    return found[1] if found else ""


def tell(keyboard: Keyboard, house, branch) -> None:
    """The month as the secretary lives it: duties lead to the page, the page is filled, the rest is typed."""
    kept = Meeting.objects.count
    away = [branch[n].pk for n in AWAY]
    keyboard.type("/r/meeting/new/", {k: v for k, v in THEME_DAY.items() if k != "kind"}, kind="theme_day", unit=house.here.pk, key="p")
    for n, one in enumerate(HELD):
        page = keyboard.client.get(f"/meetings/record/?kind={one['kind']}&unit={house.here.code}").content.decode()
        typed = {k: v for k, v in one.items() if k != "kind"}
        tasks = {"tasks-0-title": "汇总公示结果", "tasks-0-due_on": "2026-10-30"} if n == 1 else {}
        keyboard.type("/meetings/record/", {**typed, **tasks}, unit=house.here.pk, kind=one["kind"], expected=prefilled(page, "expected"),
                      present="", key=f"k{n}", away=away if one["kind"] != "committee" else [],
                      lecturer=branch[0].pk if one["kind"] == "lecture" else "",
                      **({"tasks-0-owner": branch[1].pk} if tasks else {}))
    planned = Meeting.objects.get(kind="theme_day")
    address = f"/meetings/record/{planned.pk}/"
    assert keyboard.client.get(f"/meetings/record/?kind=theme_day&unit={house.here.code}").status_code == 200, "November has none planned"
    page = keyboard.client.get(address).content.decode()
    task = MeetingTask.objects.get()
    keyboard.type(address, {f"done-{task.pk}": "已公示并存档"}, kind="theme_day", topic=prefilled(page, "topic"),
                  venue=prefilled(page, "venue"), held_on=prefilled(page, "held_on"), expected=prefilled(page, "expected"), present="",
                  version=prefilled(page, "version"), key="k9", away=away)
    assert kept() == 4


def text_of(docx: bytes) -> str:
    paper = read_docx(io.BytesIO(docx))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in paper.paragraphs), *cells])


def test_a_month_is_typed_once_and_six_outputs_agree(house, system, branch, issued, office, grant, client_of):
    from luoshi.foundation.grants import Verb

    secretary = client_of(grant(house.here, Verb.MANAGE, login="secretary"))
    assert owed(secretary, house) == ({"支部委员会会议", "主题党日"}, {"支部党员大会", "党课", "集中学习"})
    tell(Keyboard(secretary), house, branch)

    # 1. The lamps: what October and the fourth quarter ask for is done, on the desk and in its months.
    assert owed(secretary, house) == (set(), {"集中学习"}), "study is not a meeting"

    # 2. The handbook of the year prints all four with those who were away.
    handbook = text_of(secretary.get(f"/handbook/{house.here.pk}/2026.docx").content)
    for topic in (*(one["topic"] for one in HELD), THEME_DAY["topic"]):
        assert topic in handbook
    assert handbook.count(branch[AWAY[0]].name) >= 3

    # 3. The measures of the plan count them.
    for measure in issued.measures[:2]:
        row = progress.with_parts(Measure.objects.select_related("unit")).get(pk=measure.pk)
        assert progress.progress(row, TODAY).parts[0].share.top == 1, measure

    # 4. The circular of October prints the same figures.
    office.post(f"/plan/{issued.plan.pk}/circulars/", {"month": "2026-10"})
    circular = Circular.objects.get()
    sheet = load_workbook(io.BytesIO(office.get(f"/plan/circular/{circular.pk}/figures.xlsx").content)).active
    rows = {str(row[0]): str(row[4]) for row in sheet.iter_rows(values_only=True) if row[0] and str(row[0])[0].isdigit()}
    assert rows["1.2"] == "1"

    # 5. The quarter's table has the days.
    quarter = load_workbook(io.BytesIO(secretary.get("/meetings/quarter/?period=2026Q4&as=xlsx").content)).active
    line = next(row for row in quarter.iter_rows(values_only=True) if row[0] == house.here.name)
    assert [str(cell).split(" ")[0] for cell in line[1:6]] == ["10-15", "10-08", "—", "10-21", "10-28"]

    # 6. A member reads on the own page what they attended, another what they missed is not there.
    for n, count in ((0, 4), (AWAY[0], 1), (7, 3)):
        account = grant(house.here, None, login=f"person{n}")
        account.person = branch[n]
        account.save()
        page = client_of(account).get("/me/").content.decode()
        assert f"共 {count} 次" in page, n
        assert (THEME_DAY["topic"] in page) is (n not in AWAY)

    # And what was handed out is closed without a form of its own.
    assert MeetingTask.objects.get().result == "已公示并存档"


def owed(client, house) -> tuple[set[str], set[str]]:
    """What the desk says the branch itself missed in October, and what the first screen asks of it for the quarter."""
    desk = client.get("/duties/?period=2026-10").content.decode()
    home = client.get("/").content.decode().split("已完成")[0]
    return (set(re.findall(rf">(?:{house.here.name} )?(\w+)（2026年10月）</a>", desk)),
            set(re.findall(r">(\w+)（2026年第四季度）</a>", home)))
