"""A person joins: from the application to full membership, as the secretary and the higher office do it in Chromium."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from luoshi.engine import samples
from luoshi.foundation.people import Person, Position
from luoshi.registers.membership.models import Case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BEFORE = (  # (who, label on the timeline, {field: value})
    ("secretary", "党组织派人谈话", {"talked_on": "2024-03-20", "talked_by": "contact"}),
    ("secretary", "推荐和确定入党积极分子", {"activist_on": "2024-06-03", "recommended": "members"}),
    ("office", "上级党委备案（积极分子）", {"activist_filed_on": "2024-06-20"}),
    ("secretary", "指定培养联系人", {"contacts_on": "2024-06-24", "contact_first": "contact", "contact_second": "second"}),
    ("secretary", "支委会讨论发展对象", {"object_on": "2025-06-10", "heard_on": "2025-06-05"}),
    ("office", "上级党委同意（发展对象）", {"consented_on": "2025-06-20", "consent_paper": "甲党批〔2025〕8号"}),
    ("secretary", "列为发展对象", {"listed_on": "2025-06-20"}),
    ("secretary", "确定入党介绍人", {"sponsors_on": "2025-06-25"}),
    ("secretary", "政治审查", {"political_on": "2025-07-10", "political_result": "pass"}),
    ("office", "集中培训", {"trained_on": "2025-08-08", "training_days": "3"}),
    ("secretary", "支部委员会审查", {"committee_on": "2025-08-20"}),
    ("office", "上级党委预审", {"prereviewed_on": "2025-09-01", "prereview_paper": "甲党预〔2025〕3号"}),
    ("secretary", "填写入党志愿书", {"form_on": "2025-09-05"}),
    ("secretary", "支部大会讨论接收", {"admitted_on": "2025-09-10", "admit_present": "8", "admit_yes": "8"}),
    ("office", "上级党委派人谈话", {"interviewed_on": "2025-09-25", "interviewed_by": "组织员"}),
    ("office", "上级党委审批", {"approved_on": "2025-10-15", "approval_paper": "甲党批〔2025〕20号"}),
)
AFTER = (
    ("secretary", "提出转正申请", {"conversion_applied_on": "2026-09-01"}),
    ("secretary", "支委会审查（转正）", {"conversion_checked_on": "2026-09-08"}),
    ("secretary", "支部大会讨论转正", {"converted_on": "2026-09-11", "convert_present": "9", "convert_yes": "9"}),
    ("office", "上级党委审批（转正）", {"conversion_approved_on": "2026-10-20", "conversion_paper": "甲党批〔2026〕30号"}),
)


def fill(page: Page, fields: dict[str, str], people: dict[str, Person]) -> None:
    for name, value in fields.items():
        box = page.locator(f"[name={name}]")
        if value in people:
            box.select_option(str(people[value].pk))
        elif box.evaluate("e => e.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)


def do(page: Page, case: Case, label: str, fields: dict[str, str], people: dict[str, Person]) -> None:
    """Open the step from the timeline, fill it in, save; back on the timeline it is done."""
    page.goto(f"/membership/development/{case.pk}/")
    page.locator("main ul.tasks").get_by_role("link", name=label, exact=True).first.click()
    page.wait_for_url("**/step/**")
    fill(page, fields, people)
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(f"**/membership/development/{case.pk}/")
    row = page.locator(f"main ul.tasks > li:has(a:text-is('{label}'))").last  # may lie in a phase that is folded now
    expect(row).to_contain_text("已完成")


def test_a_person_joins(town, open_page):
    branch = town.branches[0]
    full = list(Person.objects.filter(unit=branch).order_by("pk")[:2])
    people = {"contact": full[0], "second": full[1]}
    joining = samples.person(branch, "林知远", born=date(1996, 4, 8))
    pages = {"secretary": open_page(town.secretary, width=390), "office": open_page(town.office)}

    page = pages["secretary"]
    page.goto("/membership/development/")
    page.get_by_role("link", name="登记入党申请").click()
    page.locator("[name=person]").select_option(str(joining.pk))
    page.locator("[name=applied_on]").fill("2024-03-01")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/r/development/*/")
    case = Case.objects.get(person=joining)

    for who, label, fields in BEFORE[:4]:
        do(pages[who], case, label, fields, people)
    page.goto(f"/membership/development/{case.pk}/step/object/")
    page.locator("[name=object_on]").fill("2025-06-02")
    page.locator("[name=heard_on]").fill("2025-06-01")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("main")).to_contain_text("最早可在 2025-06-03")
    for who, label, fields in BEFORE[4:]:
        do(pages[who], case, label, fields, people)
    assert Position.objects.get(person=joining, withdrawn=False).post == "probationary"

    office = pages["office"]
    office.goto("/membership/development/?view=late")
    expect(office.locator("table")).to_contain_text("林知远")
    for who, label, fields in AFTER:
        do(pages[who], case, label, fields, people)
    case.refresh_from_db()
    assert (case.state, case.full_on) == ("full", date(2026, 9, 11))
    assert {(p.post, p.until) for p in Position.objects.filter(person=joining, withdrawn=False)} == {
        ("probationary", date(2026, 9, 11)), ("member", None)}

    with office.expect_download() as got:
        office.get_by_role("button", name="打印预备党员转正批复").click()
    assert got.value.suggested_filename == "林知远 预备党员转正批复.docx"
