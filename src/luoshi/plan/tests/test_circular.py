"""The monthly circular: counted while a draft, frozen once issued; the yearly summary."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from luoshi.engine import samples
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.plan.models import Circular

pytestmark = pytest.mark.django_db


@pytest.fixture
def circular(issued, office, house, system):
    samples.saved(register("meeting"), house.here, system, kind="members", held_on=date(2026, 10, 8))
    answer = office.post(f"/plan/{issued.plan.pk}/circulars/", {"month": "2026-10"})
    assert answer.status_code == 302
    return Circular.objects.get()


def found(circular, office):
    """(number, found) of every measure, from the workbook."""
    answer = office.get(f"/plan/circular/{circular.pk}/figures.xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0] and str(row[0])[0].isdigit()]
    return {str(row[0]): str(row[4] or "") for row in rows}


def test_a_draft_counts_to_the_months_end(circular, office, house, system):
    samples.saved(register("meeting"), house.here, system, kind="members", held_on=date(2026, 11, 2))
    assert found(circular, office)["1.2"] == "1"
    page = office.get(f"/plan/circular/{circular.pk}/").content.decode()
    assert "数据截至 2026-10-31" in page


def test_an_issued_circular_never_changes(circular, office, house, system):
    before = found(circular, office)
    office.post(f"/plan/circular/{circular.pk}/", {"do": "issue", "opening": "现通报。", "version": circular.version})
    circular.refresh_from_db()
    assert circular.state == "issued"
    assert circular.figures["as_of"] == "2026-10-31"
    samples.saved(register("meeting"), house.far, system, kind="members", held_on=date(2026, 10, 9))
    assert found(circular, office) == before
    page = office.get(f"/plan/circular/{circular.pk}/").content.decode()
    assert "数据固定于 2026-10-31" in page
    assert office.post(f"/plan/circular/{circular.pk}/", {"do": "issue"}).status_code == 404


def test_the_figures_add_up(circular, office):
    office.post(f"/plan/circular/{circular.pk}/", {"do": "issue", "version": circular.version})
    circular.refresh_from_db()
    tally = circular.figures["tally"]
    assert tally["all"] == 4 == sum(tally[code] for code in ("none", "ok", "risk", "done"))
    assert sum(unit["all"] for unit in circular.figures["units"]) == 4


def test_the_same_month_opens_the_same_circular(circular, office, issued):
    office.post(f"/plan/{issued.plan.pk}/circulars/", {"month": "2026-10"})
    assert Circular.objects.count() == 1
    assert office.post(f"/plan/{issued.plan.pk}/circulars/", {"month": "2027-10"}).status_code == 422
    assert office.post(f"/plan/{issued.plan.pk}/circulars/", {"month": "x"}).status_code == 422


def test_a_draft_circular_is_the_offices_alone(circular, office, house, grant, client_of):
    reader = client_of(grant(house.above, Verb.MANAGE))
    assert reader.get(f"/plan/circular/{circular.pk}/").status_code == 404
    office.post(f"/plan/circular/{circular.pk}/", {"do": "issue", "version": circular.version})
    assert reader.get(f"/plan/circular/{circular.pk}/").status_code == 200
    assert reader.post(f"/plan/circular/{circular.pk}/", {"do": "issue"}).status_code == 404


@pytest.mark.parametrize("address", ["/r/plan_circular/{c}/document/circular.docx", "/r/plan/{p}/document/plan.docx",
                                     "/r/plan/{p}/document/summary.docx"])
def test_papers_are_made(address, circular, issued, office):
    from docx import Document

    answer = office.get(address.format(c=circular.pk, p=issued.plan.pk))
    assert answer.status_code == 200
    paper = Document(io.BytesIO(answer.content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert issued.measures[0].text in cells


def test_a_plan_is_closed_only_after_its_year(issued, office):
    assert office.post(f"/plan/{issued.plan.pk}/summary/").status_code == 404
