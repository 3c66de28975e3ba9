"""A page signed in as somebody, and a small house with people in it."""

from collections.abc import Callable, Iterator
from datetime import date
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page

# Refused forms, and an autosave that the next step overtook: htmx calls both an error.
EXPECTED = ("422", "409", "htmx:afterRequest", "htmx:sendAbort")


@pytest.fixture
def open_page(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """A page signed in as an account (one click, as a demo offers it); script errors fail the test."""
    troubles: list[str] = []
    contexts = []

    def make(account=None, *, width: int = 1440, script: bool = True) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN",
                                      java_script_enabled=script, base_url=live_server.url)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: troubles.append(said.text) if said.type == "error"
                and not any(word in said.text for word in EXPECTED) else None)
        if account is not None:
            page.goto("/sign-in/")
            page.locator(f"form[action='/sign-in/demo/{account.pk}/'] button").click()
            page.wait_for_url("**/")
        return page

    yield make
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def town(transactional_db) -> SimpleNamespace:
    """A root committee with two offices below, each with two branches of nine members, and three accounts."""
    from luoshi.engine import samples
    from luoshi.engine.actor import system_actor
    from luoshi.foundation.accounts import Account
    from luoshi.foundation.grants import Grant, Verb
    from luoshi.foundation.people import Position, Post

    actor = system_actor(date(2026, 11, 23))
    root = samples.unit(actor, "机关党委")
    offices = [samples.unit(actor, name, parent=root, body="general") for name in ("甲司党总支", "乙司党总支")]
    branches = [samples.unit(actor, f"{office.name[:2]}第{n}党支部", parent=office)
                for office in offices for n in ("一", "二")]
    posts = [Post.SECRETARY, Post.ORGANISATION, Post.PUBLICITY]
    for branch in branches:
        for n in range(9):
            one = samples.person(branch, joined=date(2010, 1, 1))
            for post in [Post.MEMBER, *posts[n:n + 1]]:
                position = Position(unit=branch, person=one, post=post, since=date(2020, 1, 1))
                position.settle()
                position.save()

    def account(login: str, role: str, unit, verb: Verb) -> Account:
        made = Account.objects.create_user(login, None, label=role, role=role, demo=True, home=unit)
        Grant.objects.create(account=made, unit=unit, verb=verb, since=date(2020, 1, 1))
        return made

    return SimpleNamespace(
        root=root, offices=offices, branches=branches,
        office=account("office", "党委办公室干事", root, Verb.MANAGE),
        leader=account("leader", "领导", root, Verb.SEE),
        secretary=account("secretary", "支部书记", branches[0], Verb.MANAGE),
    )
