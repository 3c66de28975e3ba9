"""One's own page: what is kept, who opened it; nobody else's."""

import pytest

from luoshi.engine import samples, write
from luoshi.engine.register import register
from luoshi.foundation.accounts import Account
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Position
from luoshi.foundation.trail import Line

pytestmark = pytest.mark.django_db
PHONE = "13812345678"


@pytest.fixture
def mine(house, system, client_of):
    """A client of somebody without any grant, whose account belongs to a person with a file."""
    person = write.save(system, register("person"), samples.row(register("person"), house.here, system, phone=PHONE,
                                                               name="林知远", education="21"))
    write.save(system, register("position"), Position(unit=house.here, person=person, post="member", since=system.today))
    samples.saved(register("meeting"), house.here, system, chair=person)
    account = Account.objects.create_user("me", None, label="林知远", home=house.here, person=person)
    return client_of(account), person


def test_everything_kept_and_who_opened_it(mine, house, grant, client_of):
    client, person = mine
    office = client_of(grant(house.here, Verb.MANAGE))
    office.post(f"/r/person/{person.pk}/reveal/phone/", {"reason": "核对通讯录"})
    page = client.get("/me/").content.decode()
    for said in ("林知远", "大学本科毕业", "党员", house.here.name, "核对通讯录", "138****5678"):
        assert said in page
    assert PHONE not in page
    assert page.count("<th scope=\"row\">会议</th>") == 1


def test_the_whole_is_shown_after_a_press_and_noted(mine):
    client, person = mine
    answer = client.post("/me/")
    assert PHONE in answer.content.decode() and "no-store" in answer["Cache-Control"]
    assert Line.objects.get(verb="reveal", row=person.pk).reason == "本人查看"


def test_an_account_without_a_person_is_told_whom_to_ask(house, client_of):
    client = client_of(Account.objects.create_user("nobody", None, label="值班", home=house.here))
    page = client.get("/me/")
    assert page.status_code == 200 and "还没有对应的人员档案" in page.content.decode()
    assert client.post("/me/").status_code == 200 and not Line.objects.filter(verb="reveal").exists()


def test_what_else_waits_is_a_part_and_a_page(mine, house, grant, client_of):
    """Fetched by the first page once it stands; without a script its link opens the page."""
    client, _person = mine
    client.post("/membership/correction/", {"field": "education", "proposed": "大学本科毕业"})
    office = client_of(grant(house.root, Verb.MANAGE, login="office"))
    first = office.get("/").content.decode()
    assert 'hx-get="/waiting/"' in first and 'href="/waiting/"' in first and "林知远 学历" not in first
    page = office.get("/waiting/").content.decode()
    assert "林知远 学历" in page and "<header" in page
    part = office.get("/waiting/", headers={"HX-Request": "true"}).content.decode()
    assert "林知远 学历" in part and "<header" not in part
    stranger = client_of(grant(house.far, Verb.MANAGE, login="far"))
    assert "林知远" not in stranger.get("/waiting/").content.decode()
