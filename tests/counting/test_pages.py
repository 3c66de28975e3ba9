"""The first page, the desk of what is not done and the numbers: what each reader sees, and what it costs."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from openpyxl import load_workbook

from luoshi.engine import home
from luoshi.engine.actor import actor_of
from luoshi.engine.indicators import indicators, total
from luoshi.foundation import units
from luoshi.foundation.accounts import Account
from luoshi.foundation.grants import EVERY, Grant, Verb
from luoshi.foundation.people import Post
from luoshi.foundation.units import Body, Unit
from luoshi.kernel import periods
from luoshi.registers.meetings.models import Meeting

from . import house

pytestmark = pytest.mark.django_db

CEILING = 20


@pytest.fixture
def sign_in(client):
    def enter(unit, verb, name="clerk"):
        account = Account.objects.create(login=f"{name}{unit.pk}{verb}", label="经办人")
        Grant.objects.create(account=account, unit=unit, verb=verb, register=EVERY, since=house.START)
        client.force_login(account)
        return account
    return enter


@pytest.fixture
def get(client):
    def text(address):
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        return response.content.decode()
    return text


def test_a_secretary_sees_what_the_branch_owes_and_a_button_for_each(sign_in, get):
    branch = house.unit("第三党支部")
    house.members(branch, 9)
    house.meeting(branch, date(2026, 11, 3), kind="theme_day")
    sign_in(branch, Verb.CHANGE)
    page = get("/")
    assert "第三党支部 · 2026年11月" in page
    link = re.search(r'btn-primary" href="([^"]*kind=committee[^"]*)"', page)[1].replace("&amp;", "&")
    assert f"unit={branch.code}" in link
    form = get(link)
    assert "支部委员会会议" in form
    assert branch.name in form
    assert "已完成" in page
    assert "主题党日（2026年11月）" in page.split("<details")[-1]
    assert "kind=theme_day" in get("/")


def test_one_who_only_looks_gets_no_button(sign_in, get):
    branch = house.unit("第三党支部")
    sign_in(branch, Verb.SEE)
    page = get("/")
    assert "支部党员大会" in page
    assert "去登记" not in page


def test_an_office_sees_what_is_late_by_unit(sign_in, get):
    root = house.forest(30)
    first = Unit.objects.filter(body=Body.BRANCH).order_by("place").first()
    house.meeting(first, date(2026, 10, 3), kind="theme_day")
    sign_in(root, Verb.MANAGE)
    page = get("/")
    assert page.count("<details class=\"folded\">") == 4  # three general branches, and the committee owes things itself
    assert re.search(r"<b>第1党总支</b>.*?逾期 (\d+) 项", page, re.S)
    assert 'name="unit"' in page
    for name in ("第1党总支", "第2党总支"):
        group = re.search(rf"<b>{name}</b>.*?</details>", page, re.S)[0]
        late, soon = (int(re.search(rf"{word} (\d+) 项", group)[1]) for word in ("逾期", "临近"))
        desk = get(re.search(r'href="([^"]*)"', group.split("<p>")[1])[1])
        assert f"逾期 {late} 项，临近 {soon} 项" in desk
        assert f"共 {late + soon} 项" in desk
    assert "第11党支部" in desk
    assert "第1党支部" not in desk


def test_a_leader_sees_six_numbers_a_grid_and_a_page_to_print(sign_in, get):
    root = house.forest(20)
    for branch in Unit.objects.filter(body=Body.BRANCH)[:3]:
        house.meeting(branch, date(2026, 3, 3))
        house.meeting(branch, date(2025, 3, 3))
    house.meeting(Unit.objects.filter(body=Body.BRANCH).first(), date(2026, 4, 3))
    sign_in(root, Verb.SEE)
    page = get("/")
    strip = page.split("<dl class=\"stats card\">")[1].split("</dl>")[0]
    assert strip.count("<dt>") == 6
    assert "较去年同期" in strip
    assert "<b>4</b>" in strip
    assert "增" in strip
    assert "<svg" in page
    assert "第2党总支" in page
    printed = get(re.search(r'href="([^"]*print=1)"', page)[1].replace("&amp;", "&"))
    assert "数据截至 2026-11-23" in printed
    assert "navbar-nav" not in printed


def test_a_stranger_sees_no_unit(client, get):
    house.forest(3)
    client.force_login(Account.objects.create(login="stranger", label="其他人"))
    for address in ("/", "/duties/", "/indicators/"):
        page = get(address)
        assert "党支部" not in page
        assert "授权" in page


def test_a_foreign_unit_is_not_found(sign_in, get):
    root = house.forest(20)
    first, second = Unit.objects.filter(parent=root).order_by("place")
    sign_in(first, Verb.MANAGE)
    for address in (f"/duties/?unit={second.code}", f"/indicators/?unit={second.code}", f"/duties/?unit={root.code}"):
        page = get(address)
        assert second.name not in page
        assert "没有找到" in page


def test_a_grant_on_one_register_shows_its_numbers_and_duties_alone(client, get):
    root = house.forest(3)
    account = Account.objects.create(login="guide", label="联络员")
    Grant.objects.create(account=account, unit=root, verb=Verb.SEE, register="guidance", since=house.START)
    client.force_login(account)
    numbers = get("/indicators/")
    assert "of=organization.visits" in numbers
    assert "of=meetings." not in numbers
    assert client.get("/indicators/?of=meetings.held&side=top").status_code == 404
    assert "主题党日" not in get("/duties/") + get("/duties/?by=duties") + get("/")


def test_persons_of_a_unit_since_moved_away_are_counted_and_not_named(sign_in, get):
    root = house.unit("机关党委", body=Body.COMMITTEE)
    east, west = (house.unit(name, root, body=Body.GENERAL) for name in ("东总支", "西总支"))
    branch = house.unit("第一党支部", east)
    person = house.members(branch, 1, post=Post.SECRETARY)[0].person
    house.meeting(branch, date(2026, 3, 3))
    units.move(branch, parent=west, on=date(2026, 7, 1))
    sign_in(east, Verb.SEE)
    numbers = get("/indicators/?of=meetings.lectured&period=2026H1")
    assert re.search(r'data-label="应完成" class="num"><a[^>]*>1<', numbers)
    assert person.name not in get("/indicators/?of=meetings.lectured&period=2026H1&side=bottom")
    held = get("/indicators/?of=meetings.held&period=2026H1&side=top")
    assert "共 0 条；另有 1 条" in held


def test_a_block_of_another_floor_stands_on_the_first_page(sign_in, get, monkeypatch):
    branch = house.unit("第三党支部")
    sign_in(branch, Verb.CHANGE)
    monkeypatch.setattr(home, "blocks", [
        lambda actor: {"title": "我的措施", "rows": [["筹备换届"]], "template": "engine/parts/block.html"},
        lambda actor: None])
    page = get("/")
    assert "我的措施" in page
    assert "筹备换届" in page


def test_the_desk_as_a_workbook_and_as_a_list_for_calling(sign_in, get, client):
    root = house.forest(12)
    branch = Unit.objects.filter(body=Body.BRANCH).order_by("place").first()
    secretary = house.members(branch, 1, post=Post.SECRETARY)[0].person
    secretary.name = "方明远"
    secretary.save()
    sign_in(root, Verb.SEE)
    address = "/duties/?period=2026-10&duty=life.theme_day"
    page = get(address)
    assert "逾期 12 项" in page
    sheet = load_workbook(BytesIO(client.get(f"{address}&view=xlsx").content)).active
    rows = [row for row in sheet.iter_rows(values_only=True) if "主题党日" in [str(cell) for cell in row]]
    assert len(rows) == 12
    calls = get(f"{address}&view=calls")
    assert "方明远" in calls
    assert calls.count("主题党日（2026年10月") == 12


def test_by_months_there_is_one_column_a_month(sign_in, get):
    root = house.forest(3)
    sign_in(root, Verb.SEE)
    page = get("/duties/?by=months&duty=life.theme_day&period=2026")
    assert ">12月<" in page
    assert page.count('scope="row"') == 3


def test_every_number_opens_a_list_of_its_length(sign_in, get):
    root = house.forest(12)
    for i, branch in enumerate(Unit.objects.filter(body=Body.BRANCH)):
        house.members(branch, 2, post=Post.SECRETARY)
        for month in range(1, 1 + i % 4):
            house.meeting(branch, date(2026, month, 6), kind="theme_day", present=3)
            house.meeting(branch, date(2026, month, 7), kind="members", present=5)
    sign_in(root, Verb.SEE)
    page = get("/indicators/")
    links = re.findall(r'<a href="([^"]*side=[^"]*)">([\d,]+)</a>', page)
    known = indicators()
    checked = 0
    for address, number in links:
        name = re.search(r"of=([\w.]+)", address)[1]
        if known[name].amount:
            continue
        shown = re.search(r"共 (\d+) (?:条|项)", get(address.replace("&amp;", "&")))[1]
        assert shown == number.replace(",", ""), address
        checked += 1
    assert checked > 10
    assert {known[re.search(r"of=([\w.]+)", a)[1]].kind for a, _ in links} >= {"C", "V", "T", "A"}


def test_the_parts_of_a_number_add_up_on_the_page(sign_in, get):
    root = house.forest(25)
    for branch in Unit.objects.filter(body=Body.BRANCH)[:7]:
        house.meeting(branch, date(2026, 5, 6), kind="theme_day")
    house.meeting(root, date(2026, 5, 6), kind="theme_day")
    sign_in(root, Verb.SEE)
    page = get("/indicators/?of=meetings.theme_day")
    whole = total(indicators()["meetings.theme_day"], root=root.place, period=periods.year(2026)).top
    body, foot = page.split("<tfoot>")
    tops = re.findall(r'data-label="数量" class="num">(?:<a[^>]*>)?([\d,]+)', body)
    assert "机关党委（本级）" in body
    assert sum(int(one) for one in tops) == whole == 8
    assert int(re.search(r'data-label="数量" class="num"><a[^>]*>(\d+)', foot)[1]) == whole


def test_a_period_before_the_unit_stood_is_said(sign_in, get):
    branch = house.unit("新支部", since=date(2026, 6, 1))
    sign_in(branch, Verb.SEE)
    assert "尚未成立" in get("/indicators/?period=2025")
    assert "没有应办理的职责" in get("/duties/?period=2025")


def test_a_side_that_does_not_exist_is_404(sign_in, client):
    sign_in(house.unit("第一党支部"), Verb.SEE)
    for query in ("of=meetings.held&side=missing", "of=meetings.held&side=x", "of=nothing",
                  "of=meetings.held&side=top&after=x"):
        assert client.get(f"/indicators/?{query}").status_code == 404


PAGES = ["/", "/duties/", "/duties/?by=duties", "/duties/?by=months&duty=life.theme_day", "/duties/?view=calls",
         "/duties/?view=xlsx",
         "/indicators/", "/indicators/?of=meetings.covered", "/indicators/?of=meetings.held&side=top",
         "/indicators/?of=meetings.covered&side=missing", "/indicators/?of=meetings.theme_day_on_time&side=bottom",
         "/indicators/?of=meetings.lectured&side=bottom"]


def rows_of(number):
    root = house.forest(number)
    branches = list(Unit.objects.filter(body=Body.BRANCH))
    Meeting.objects.bulk_create(
        Meeting(unit=one, place=one.place, kind=kind, day=date(2026, month, 5), held_on=date(2026, month, 5),
                topic=f"{kind}{month}", expected=9, present=9)
        for one in branches for kind, month in (("theme_day", 10), ("members", 9), ("committee", 3)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # the planner knows the tables, as it does in a database that lives
    return root


@pytest.mark.parametrize("verb", [Verb.SEE, Verb.MANAGE])
def test_the_queries_of_each_page_stay_under_a_ceiling_and_do_not_grow(sign_in, client, django_assert_max_num_queries,
                                                                     verb):
    seen = {}
    for number in (30, 3000):
        root = rows_of(number)
        sign_in(root, verb)
        for address in PAGES:
            with django_assert_max_num_queries(CEILING) as queries:
                assert client.get(address).status_code == 200
            seen.setdefault(address, []).append(len(queries))
        Meeting.objects.all().delete()
    assert all(few == many for few, many in seen.values()), seen


def test_a_branch_page_costs_few_queries(sign_in, client, django_assert_max_num_queries):
    branch = house.unit("第三党支部")
    house.members(branch, 9)
    sign_in(branch, Verb.CHANGE)
    with django_assert_max_num_queries(CEILING):
        client.get("/")


def test_roles_follow_the_grants(sign_in):
    root = house.forest(3)
    branch = Unit.objects.filter(body=Body.BRANCH).first()
    for unit, verb, expected in ((branch, Verb.SEE, "branch"), (root, Verb.SEE, "leader"), (root, Verb.ADD, "office")):
        actor = actor_of(sign_in(unit, verb))
        assert home.role(actor, home.seats(actor)) == expected
