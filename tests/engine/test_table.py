"""Keyset paging shows every row exactly once, forwards and backwards, in every order."""

from datetime import date, timedelta

import pytest

from luoshi.engine import samples, table
from luoshi.engine.columns import columns
from luoshi.engine.register import register

ORDERS = [("place", "id"), ("-held_on", "-id"), ("held_on", "id"), ("topic", "id"), ("-topic", "-id")]


@pytest.fixture
def meetings(house, system):
    one = register("meeting")
    for n in range(23):
        unit = [house.here, house.beside, house.far][n % 3]
        samples.saved(one, unit, system, held_on=date(2026, 1, 1) + timedelta(days=n % 7), topic=f"议题{n % 5}-{n}")
    return one


@pytest.mark.parametrize("order", ORDERS, ids="/".join)
@pytest.mark.parametrize("size", [1, 4, 23, 50])
def test_pages_forward_and_back_are_the_whole_list(meetings, system, order, size):
    heads = columns(meetings)
    want = list(meetings.rows(system).order_by(*order).values_list("pk", flat=True))
    got, pages, after = [], [], ""
    while True:
        page = table.page(meetings.rows(system), heads, order=order, after=after, size=size)
        pages.append([row[0] for row in page.rows])
        got += pages[-1]
        after = page.after
        if not after:
            break
    assert got == want
    back, before = [pages[-1]], page.before
    while before:
        page = table.page(meetings.rows(system), heads, order=order, before=before, size=size)
        back.append([row[0] for row in page.rows])
        before = page.before
    assert back[::-1] == pages


@pytest.mark.parametrize("marker", ["x", "e30", "WzFd", "W10", "WyIyMDI2LTAxLTAxIl0"])
def test_a_foreign_marker_is_refused(meetings, system, grant, client_of, house, marker):
    from luoshi.foundation.grants import Verb

    client = client_of(grant(house.root, Verb.SEE))
    assert client.get("/r/meeting/", {"after": marker}).status_code == 404


def test_a_list_page_never_counts(meetings, system, grant, client_of, house):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from luoshi.foundation.grants import Verb

    client = client_of(grant(house.root, Verb.SEE))
    with CaptureQueriesContext(connection) as seen:
        client.get("/r/meeting/")
    assert not [q["sql"] for q in seen if "COUNT(" in q["sql"].upper()]


def test_a_list_by_name_stands_in_the_order_of_strokes(house, grant, client_of):
    import re

    from luoshi.foundation.grants import Verb

    for name in ("张伟", "丁一", "王二", "丁", "欧阳文"):
        samples.person(house.here, name)
    html = client_of(grant(house.root, Verb.SEE)).get("/r/person/?sort=name").content.decode()
    assert re.findall(r'<tr><th scope="row"><a href="[^"]*">([^<]*)</a>', html) == ["丁", "丁一", "王二", "张伟", "欧阳文"]
