"""A unit's handbook of a year: every record once, only what the reader may see, strangers 404."""

from datetime import date

import pytest

from luoshi.engine import samples
from luoshi.engine.actor import actor_of
from luoshi.engine.documents import Table
from luoshi.engine.handbook import handbook
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Position, Post

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def year(house, system):
    """Five meetings of here in two years, one of beside; a secretary and two members."""
    for day, topic in ((date(2026, 2, 3), "二月议题"), (date(2026, 5, 6), "五月议题"), (date(2025, 5, 6), "去年议题")):
        samples.saved(register("meeting"), house.here, system, held_on=day, topic=topic, kind="members",
                      decisions=f"{topic}的决定")
    samples.saved(register("meeting"), house.beside, system, held_on=date(2026, 3, 4), topic="邻支部议题", kind="members")
    for n in range(3):
        person = samples.person(house.here, joined=date(2010, 1, 1))
        posts = (Post.MEMBER, Post.SECRETARY) if n == 0 else (Post.MEMBER,)
        for post in posts:
            Position(unit=house.here, place=house.here.place, person=person, post=post, since=date(2020, 1, 1)).save()


def texts(paper):
    return "\n".join(paper.texts())


def test_it_holds_each_record_of_the_year_once_with_its_minutes(house, system, year):
    paper = handbook(house.here, 2026, system)
    words = texts(paper)
    tables = [part for part in paper.body if isinstance(part, Table)]
    listed = [row for table in tables for row in table.rows if "二月议题" in row]
    assert len(listed) == 1
    assert "二月议题的决定" in words and "五月议题的决定" in words
    assert "去年议题" not in words and "邻支部议题" not in words
    assert "在册党员 3 人" in words
    duty = next(row for table in tables for row in table.rows if row[0] == "支部党员大会")
    assert duty[2:] == ("3", "2", "2")  # three quarters have passed; two meetings, each in its own


def test_it_shows_only_what_the_reader_may_see(house, grant, year):
    reader = actor_of(grant(house.here, Verb.SEE, "position"), TODAY)
    words = texts(handbook(house.here, 2026, reader))
    assert "在册党员 3 人" in words and "二月议题" not in words


def test_strangers_get_404_and_bad_years_too(house, grant, client_of, year):
    mine, stranger = client_of(grant(house.here, Verb.SEE)), client_of(grant(house.far, Verb.MANAGE))
    for address in (f"/handbook/{house.here.pk}/", f"/handbook/{house.here.pk}/2026.docx"):
        assert mine.get(address).status_code == 200
        assert stranger.get(address).status_code == 404
    assert mine.get(f"/handbook/{house.here.pk}/2026.pdf").content[:5] == b"%PDF-"
    for bad in ("2027.docx", "1800.docx", "2026.exe"):
        assert mine.get(f"/handbook/{house.here.pk}/{bad}").status_code == 404


def test_the_page_costs_the_same_for_many_records(house, system, grant, client_of, year, django_assert_max_num_queries):
    for n in range(30):
        samples.saved(register("meeting"), house.here, system, held_on=date(2026, 6, 1 + n % 28), topic=f"议题{n}")
    client = client_of(grant(house.here, Verb.SEE))
    with django_assert_max_num_queries(20):
        assert "32" in client.get(f"/handbook/{house.here.pk}/").content.decode()
