"""Signing in and out: words, locks, demo doors, ends of sessions, and rights that end with the next request."""

import re
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from luoshi.engine import actor as actors
from luoshi.foundation.accounts import Account
from luoshi.foundation.grants import Grant, SessionDoor, Verb

WRONG, LOCKED = "账号或密码不符", "15 分钟后再试"
PASSWORD = "a-long-Password-7"


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


@pytest.fixture
def account(house, grant):
    made = grant(house.here, Verb.MANAGE, login="lin")
    made.set_password(PASSWORD)
    made.save()
    return made


def sign_in(client, login="lin", password=PASSWORD, **more):
    return client.post("/sign-in/", {"login": login, "password": password, **more})


def test_closed_pages_ask_to_sign_in_and_go_on_afterwards(account, client):
    answer = client.get("/r/meeting/?q=x")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/r/meeting/%3Fq%3Dx")
    assert client.get(answer["Location"]).status_code == 200
    done = sign_in(client, next="/r/meeting/?q=x")
    assert (done.status_code, done["Location"]) == (302, "/r/meeting/?q=x")
    assert client.get("/r/meeting/").status_code == 200
    assert sign_in(client).status_code == 302, "who is signed in goes on"


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil.example",
                                     "http:///evil.example", "/\n/evil.example", "https:evil.example"])
def test_going_on_never_leads_to_another_host(account, client, address):
    where = sign_in(client, next=address)["Location"]
    assert where.startswith("/")
    assert not where.startswith(("//", "/\\"))
    assert "\n" not in where


def test_five_failures_close_the_door_of_that_account_alone(account, grant, house, client):
    other = grant(house.here, Verb.SEE, login="wang")
    other.set_password(PASSWORD)
    other.save()
    for _n in range(5):
        answer = sign_in(client, password="wrong")
        assert answer.status_code == 422
        assert WRONG in answer.content.decode()
    for password in ("wrong", PASSWORD):
        answer = sign_in(client, password=password)
        assert answer.status_code == 422
        assert LOCKED in answer.content.decode()
    assert sign_in(client, login="LIN", password=PASSWORD).status_code == 422, "another spelling is no way round"
    assert sign_in(Client(), login="wang").status_code == 302


def test_a_success_forgets_the_failures(account, client):
    for _n in range(4):
        sign_in(client, password="wrong")
    assert sign_in(client).status_code == 302
    client.post("/sign-out/")
    for _n in range(4):
        assert WRONG in sign_in(client, password="wrong").content.decode()


def test_answers_do_not_tell_which_accounts_exist(account, grant, house):
    closed = grant(house.here, Verb.SEE, login="zhao")
    closed.set_password(PASSWORD)
    closed.is_active = False
    closed.save()

    def told(login, password):
        page = sign_in(Client(), login=login, password=password).content.decode()
        return page.replace(f'value="{login}"', "")

    for _n in range(7):
        answers = {strip(told("lin", "wrong")), strip(told("nobody", "wrong")), strip(told("zhao", PASSWORD))}
        assert len(answers) == 1


def strip(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.mark.parametrize("login", ["\x00", "a\x00b", "x" * 10_000, "' OR 1=1 --", "{{ 7*7 }}", "\u202e"])
def test_hostile_names_are_only_wrong(db, client, login):
    answer = sign_in(client, login=login, password="\x00" + "x" * 5000)
    assert answer.status_code == 422
    assert WRONG in answer.content.decode()


def test_signing_out_ends_it_and_asks_the_browser_to_forget(account, client):
    sign_in(client)
    assert client.get("/sign-out/").status_code == 405
    answer = client.post("/sign-out/")
    assert "storage" in answer["Clear-Site-Data"]
    assert client.get("/r/meeting/").status_code == 302


def test_the_key_of_the_session_changes_at_the_door(account, client):
    client.get("/sign-in/")
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    sign_in(client)
    assert client.session.session_key != before


def test_one_click_only_in_a_demo_and_only_to_its_roles(account, settings, client):
    role = Account.objects.create_user("demo-1", label="演示", demo=True, role="支部书记")
    assert "支部书记" in client.get("/sign-in/").content.decode()
    assert Client().post(f"/sign-in/demo/{account.pk}/").status_code == 404
    assert client.get(f"/sign-in/demo/{role.pk}/").status_code == 405
    assert client.post(f"/sign-in/demo/{role.pk}/", {"next": "https://evil.example"})["Location"] == "/"
    settings.DEMO = False
    assert "支部书记" not in Client().get("/sign-in/").content.decode()
    assert Client().post(f"/sign-in/demo/{role.pk}/").status_code == 404
    assert sign_in(Client(), login="demo-1", password="").status_code == 422


def test_a_fresh_installation_has_no_account(db):
    assert Account.objects.count() == 0


def test_large_type_and_language_hold_before_and_after_signing_in(account, client):
    client.post("/prefs/", {"large": "1", "next": "/sign-in/"})
    client.post("/prefs/", {"language": "en"})
    page = client.get("/sign-in/")
    assert page["Content-Language"] == "en"
    assert '<html lang="en" class="large' in page.content.decode()
    sign_in(client)
    assert '<html lang="en" class="large' in client.get("/").content.decode()
    client.post("/prefs/", {"large": "0", "language": "zh-hans"})
    assert '<html lang="zh-CN" class="d-' in client.get("/").content.decode()
    assert client.post("/prefs/", {"language": "xx", "large": "9", "next": "//evil.example"})["Location"] == "/"
    assert client.cookies["large"].value == "0"


def test_a_right_that_was_taken_away_is_gone_with_the_next_request(account, client):
    sign_in(client)
    assert client.get("/r/meeting/new/").status_code == 200
    Grant.objects.filter(account=account).update(verb=Verb.SEE)
    assert client.get("/r/meeting/new/").status_code == 403
    assert "没有此项权限（登记）" in client.get("/r/meeting/new/").content.decode()
    Grant.objects.filter(account=account).delete()
    assert client.get("/r/meeting/").status_code == 403
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert client.get("/r/meeting/").status_code == 302


@pytest.fixture
def clock(monkeypatch):
    """Moves the time of the session's door; gives a function that sets minutes since the start."""
    start = timezone.now()
    monkeypatch.setattr(actors.timezone, "now", lambda: start)

    def at(minutes: float) -> None:
        moment: datetime = start + timedelta(minutes=minutes)
        monkeypatch.setattr(actors.timezone, "now", lambda: moment)

    return at


def test_half_an_hour_without_a_request_ends_a_session(account, client, clock):
    sign_in(client)
    for minutes in (1, 30, 59, 88):
        clock(minutes)
        assert client.get("/r/meeting/").status_code == 200
    clock(118.1)
    answer = client.get("/r/meeting/")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/r/meeting/")
    assert "为安全起见已退出登录" in client.get("/sign-in/").content.decode()
    clock(90)
    assert client.get("/r/meeting/").status_code == 302, "a clock set back brings no session back"


def test_eight_hours_end_a_busy_session_too(account, client, clock):
    sign_in(client)
    for minutes in range(0, 480, 29):
        clock(minutes)
        assert client.get("/r/meeting/").status_code == 200
    clock(480.5)
    assert client.get("/r/meeting/").status_code == 302


def test_a_part_of_a_page_sends_the_whole_page_to_the_door(account, client, clock):
    sign_in(client)
    clock(0)
    client.get("/r/meeting/")
    clock(31)
    answer = client.get("/r/meeting/?q=x", headers={"HX-Request": "true", "HX-Target": "list",
                                                    "HX-Current-URL": "http://testserver/r/meeting/?q="})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/sign-in/?next=%2Fr%2Fmeeting%2F%3Fq%3D")
    foreign = client.get("/r/meeting/", headers={"HX-Request": "true", "HX-Current-URL": "https://evil.example/x"})
    assert foreign["HX-Redirect"] == "/sign-in/?next=%2F"


def test_changing_the_password_needs_the_old_one_and_ends_other_sessions(account, client):
    sign_in(client)
    other = Client()
    sign_in(other)
    new = "another-Long-one-8"

    def change(**words):
        return client.post("/password/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new, **words})

    for words, told in (({"old_password": "x"}, "原密码不符"), ({"new_password2": "x" * 14}, "两次输入的新密码不一致"),
                        ({"new_password1": "short", "new_password2": "short"}, "12"),
                        ({"old_password": "", "new_password1": "", "new_password2": ""}, "请填写原密码")):
        answer = change(**words)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert told in page
        assert "你" not in page
        assert new not in page
    assert client.post("/password/", {}).status_code == 422
    assert change().status_code == 302
    assert client.get("/r/meeting/").status_code == 200
    assert other.get("/r/meeting/").status_code == 302
    assert sign_in(Client()).status_code == 422
    assert sign_in(Client(), password=new).status_code == 302


def test_the_quick_reading_of_an_account_gives_what_the_slow_one_does(account, client):
    """The account of a session is read by hand: a value of another type would be written back wrong."""
    sign_in(client)
    slow = Account.objects.get(pk=account.pk)
    quick = SessionDoor().get_user(account.pk)
    values = [(f.attname, getattr(quick, f.attname), getattr(slow, f.attname)) for f in Account._meta.concrete_fields]
    assert not [one for one in values if one[1] != one[2] or type(one[1]) is not type(one[2])]


def test_a_grant_for_a_register_that_is_switched_off_breaks_no_page(account, house, client):
    Grant.objects.create(account=account, unit=house.here, register="gone", verb=Verb.SEE, since=account.grants.get().since)
    sign_in(client)
    assert "甲司第一党支部" in client.get("/rights/").content.decode()
