"""What every test may ask for: a small house of units, people with rights, and a client signed in as each."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase

from luoshi.engine import samples
from luoshi.engine.actor import Actor, actor_of, system_actor
from luoshi.foundation.accounts import Account
from luoshi.foundation.grants import EVERY, Grant, Verb
from luoshi.foundation.units import Unit

TODAY = date(2026, 11, 23)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What asks for no database is marked pure, as are a few tests by hand: a second database would tell nothing new of it."""
    for item in items:
        asks = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
        of_class = issubclass(getattr(item, "cls", None) or object, TransactionTestCase)
        if not asks and not of_class and item.get_closest_marker("django_db") is None:
            item.add_marker("pure")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all flows; only one Playwright may run in a process."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; Django would refuse the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    path = next(found for name in BROWSERS if (found := shutil.which(name)))
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session", autouse=True)
def flush_past_the_trail() -> Iterator[None]:
    """Tests with real transactions empty the tables afterwards; on SQLite that meets the trail's triggers.

    They are taken off for the emptying alone and put back, so that every test still meets them.
    """
    operations: Any = type(connection.ops)
    if connection.vendor != "sqlite":
        yield  # PostgreSQL empties tables with TRUNCATE, which the trail's trigger lets pass
        return
    whole = operations.execute_sql_flush

    def flush(self: Any, statements: Any) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
        try:
            whole(self, statements)
        finally:
            with self.connection.cursor() as cursor:
                for _name, sql in triggers:
                    cursor.execute(sql)

    operations.execute_sql_flush = flush
    yield
    operations.execute_sql_flush = whole


@pytest.fixture
def system(db) -> Actor:
    return system_actor(TODAY)


@pytest.fixture
def house(system) -> SimpleNamespace:
    """root ─ above ─ here ─ below, and beside (a sibling of here) and far (below another first-level unit)."""
    root = samples.unit(system, "机关党委")
    above = samples.unit(system, "甲司党总支", parent=root)
    here = samples.unit(system, "甲司第一党支部", parent=above)
    return SimpleNamespace(
        root=root, above=above, here=here,
        below=samples.unit(system, "甲司第一党支部一组", parent=here),
        beside=samples.unit(system, "甲司第二党支部", parent=above),
        far=samples.unit(system, "乙中心党支部", parent=samples.unit(system, "乙中心党委", parent=root)),
    )


@pytest.fixture
def grant(db) -> Callable[..., Account]:
    """An account with one grant: grant(unit, Verb.CHANGE, "meeting")."""

    def make(unit: Unit, verb: Verb | None, register: str = EVERY, login: str = "") -> Account:
        login = login or f"a{Account.objects.count() + 1}"
        account = Account.objects.create_user(login, "not used in tests", label=login, home=unit)
        if verb is not None:
            Grant.objects.create(account=account, unit=unit, verb=verb, register=register, since=date(2000, 1, 1))
        return account

    return make


@pytest.fixture
def actor(grant) -> Callable[..., Actor]:
    return lambda *words, **more: actor_of(grant(*words, **more), TODAY)


@pytest.fixture
def client_of() -> Callable[[Account], Client]:
    """A client signed in as an account."""

    def make(account: Account) -> Client:
        client = Client()
        client.force_login(account)
        return client

    return make
