"""Terms in three systems: how long, how far put off, when spoken of again; and what is said of committees."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from luoshi.engine import duties, samples, write
from luoshi.engine.indicators import indicators, total
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Post
from luoshi.kernel import periods
from luoshi.registers.organization import documents, rules
from luoshi.registers.organization.models import Finding, Term
from luoshi.registers.organization.pages import bodies
from luoshi.registers.organization.rules import elected

DAY = date(2026, 11, 23)


def test_a_league_branch_may_be_put_off_for_six_months():
    months = elected.extension_months(system="league", body="branch")
    assert rules.last_extension(elected=date(2023, 1, 10), years=3, months=months) == date(2026, 7, 10)
    common = {"elected": date(2023, 1, 10), "years": 3, "months": months, "extended_to": date(2026, 12, 1)}
    assert rules.term_state(**common, today=date(2026, 1, 10)) == "due"
    assert rules.term_state(**common, today=date(2026, 7, 10)) == "extended"
    assert rules.term_state(**common, today=date(2026, 7, 11)) == "over_limit"
    assert elected.extension_months(system="league", body="committee") == 12


@pytest.mark.parametrize(("system", "body", "years", "fits"), [
    ("union", "committee", 3, True), ("union", "committee", 4, False), ("union", "audit", 5, True),
    ("league", "committee", 4, True), ("league", "branch", 5, False), ("party", "branch", 2, True)])
def test_the_lengths_of_terms(system, body, years, fits):
    assert elected.years_fit(system=system, body=body, years=years) is fits


@pytest.mark.parametrize(("today", "left"), [
    (date(2026, 5, 9), 0), (date(2026, 5, 10), 6), (date(2026, 8, 9), 6), (date(2026, 8, 10), 3), (date(2026, 10, 10), 1),
    (date(2026, 11, 10), 1), (date(2026, 11, 11), 0)])
def test_a_term_is_spoken_of_once_in_each_stage(today, left):
    assert elected.stage(elected=date(2023, 11, 10), years=3, today=today) == left


@pytest.mark.parametrize(("members", "least", "most"), [(25, 3, 5), (180, 3, 7), (650, 7, 15), (10001, 37, 45)])
def test_the_size_of_a_union_committee(members, least, most):
    assert elected.union_committee_size(members=members) == elected.Size(least, most)


@pytest.mark.parametrize(("born", "post", "stands"), [
    (date(1998, 11, 22), False, "leave"), (date(1998, 11, 23), False, "member"), (date(1998, 11, 22), True, "post"),
    (date(2012, 11, 23), False, "too_young")])
def test_who_belongs_to_the_league(born, post, stands):
    assert elected.league_standing(born=born, today=date(2026, 11, 22), post=post) == stands


@pytest.fixture
def league(system):
    root = samples.unit(system, "机关团委", system="league")
    branch = samples.unit(system, "甲司团支部", parent=root, system="league")
    return root, branch


def term(system, unit, elected_on, **more):
    return samples.saved(register("term"), unit, system, elected_on=elected_on, **{"years": 0, **more})


def test_a_term_takes_its_length_from_system_and_body(system, league):
    root, branch = league
    assert term(system, root, date(2024, 1, 1)).years == 5
    assert term(system, branch, date(2024, 1, 1)).due_on == date(2027, 1, 1)
    union = samples.unit(system, "机关工会", system="union")
    with pytest.raises(Exception, match="3 年或 5 年"):
        term(system, union, date(2024, 1, 1), years=4)


def test_the_first_page_and_the_list_say_how_much_is_left(house, system, league, grant, client_of):
    term(system, house.here, date(2024, 1, 10))
    term(system, league[1], date(2023, 12, 10))
    account = grant(house.root, Verb.MANAGE)
    office = client_of(account)
    waiting = office.get("/waiting/").content.decode()
    assert "换届提醒" in waiting
    assert "不足 3 个月届满" in waiting
    assert league[1].name not in waiting, "another system, another tree"
    assert "不足 3 个月届满" in office.get("/organization/terms/").content.decode()
    assert house.here.name not in office.get("/organization/terms/?system=union").content.decode()
    assert "换届提醒" not in client_of(grant(house.root, Verb.SEE)).get("/waiting/").content.decode()


def test_the_state_of_terms_and_posts_is_counted_for_each_system(system, house, league):
    root, branch = league
    term(system, branch, date(2025, 1, 1))
    samples.saved(register("position"), root, system, person=samples.person(house.here), post=Post.SECRETARY, since=date(2025, 1, 1))
    year = periods.year(DAY)

    def share(name, place):
        found = total(indicators()[name], root=place, period=year, today=DAY)
        return found.top, found.bottom

    assert share("organization.league_in_term", root.place) == (1, 2)
    assert share("organization.league_secretaries", root.place) == (1, 2)
    assert share("organization.in_term", house.root.place)[0] == 0


def test_what_is_said_of_secretaries_and_discipline_members(system, house, grant, client_of):
    new = samples.person(house.here, joined=date(2026, 1, 10))
    samples.saved(register("position"), house.here, system, person=new, post=Post.SECRETARY, since=date(2026, 10, 1))
    shown = client_of(grant(house.root, Verb.SEE)).get("/organization/structure/").content.decode()
    assert "党龄不满 1 年" in shown
    assert "应在 2027-04-01 前参加任职培训" in shown
    assert shown.count("没有纪检委员") == 1
    assert elected.secretary_hints(joined=date(2020, 1, 1), since=date(2026, 10, 1), first=False, today=DAY) == ()


def test_a_term_of_the_longest_wait_comes_first(system, house):
    term(system, house.here, date(2023, 1, 1))
    row = Term.objects.get()
    assert bodies.standing(row, DAY) == ("late", "已届满未换届")


def test_an_audit_committee_owes_a_review_a_year_and_findings_are_closed(system, grant, client_of):
    union = samples.unit(system, "机关工会", system="union")
    auditors = samples.unit(system, "机关工会经审会", parent=union, system="union", body="audit")
    year = periods.year(DAY)

    def share(name):
        found = total(indicators()[name], root=union.place, period=year, today=DAY)
        return found.top, found.bottom

    owed = duties.owed(root=union.place, today=DAY)
    assert [(unit.pk, duty.name) for unit, duty, _lamp in owed if duty.register == "audit"] == [(auditors.pk, "organization.audit")]
    row = samples.row(register("audit"), auditors, system, title="2026 年上半年经费审查", result="收支规范。")
    finding = Finding(text="一张发票缺少经手人签字", due=DAY)
    write.save(system, register("audit"), row, lines={"findings": [finding]})
    assert share("organization.audited") == (1, 1)
    assert share("organization.audits_settled") == (0, 1)
    finding.closed_on = DAY
    write.save(system, register("audit"), row, lines={"findings": [finding]})
    assert share("organization.audits_settled") == (1, 1)
    assert not [one for one in duties.owed(root=union.place, today=DAY) if one[1].register == "audit"]
    paper = documents.audit_report(row, system)
    assert paper.body[-1].rows == (("1", "一张发票缺少经手人签字", "2026-11-23", "2026-11-23"),)


@pytest.mark.parametrize(("changed", "said"), [
    ({"until": date(2026, 1, 1)}, "不能早于起日"), ({"reviewed_on": date(2026, 6, 1)}, "不能早于审查期间的止日"),
    ({"reviewed_on": date(2026, 12, 1)}, "不能晚于今天")])
def test_a_review_out_of_order_is_refused(system, house, changed, said):
    row = samples.row(register("audit"), house.here, system, since=date(2026, 1, 2), until=date(2026, 6, 30),
                      reviewed_on=date(2026, 7, 20))
    for name, value in changed.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError, match=said):
        write.save(system, register("audit"), row)
