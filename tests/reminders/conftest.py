"""A branch that owes meetings, its secretary, the office above, and servers to talk to."""

from datetime import datetime
from types import SimpleNamespace

import pytest

from luoshi.engine import actor as clock
from luoshi.engine.pages import reminding
from luoshi.engine.reminders import sending
from luoshi.foundation.grants import Verb
from luoshi.foundation.units import Body, Unit

from . import servers

MOMENT = datetime.fromisoformat("2026-11-23T10:00+08:00")  # a Monday


@pytest.fixture
def mailbox(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with servers.running(servers.mail()) as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield server


@pytest.fixture
def robot(settings):
    with servers.running(servers.robot()) as server:
        base = f"http://127.0.0.1:{server.server_address[1]}"
        settings.ROBOTS = {"wecom": base + "/cgi-bin/webhook/send?key={}", "dingtalk": base + "/robot/send?access_token={}",
                           "feishu": base + "/open-apis/bot/v2/hook/{}"}
        yield server


@pytest.fixture(autouse=True)
def frozen(monkeypatch, settings):
    """It is ten o'clock on a working Monday, whatever the clock says."""
    settings.LUOSHI_TODAY = MOMENT.date()
    for module in (clock, reminding, sending):
        monkeypatch.setattr(module, "now", lambda: MOMENT)


@pytest.fixture
def people(house, grant, client_of):
    Unit.objects.filter(pk=house.above.pk).update(body=Body.GENERAL)  # an office above branches, no branch itself
    secretary = grant(house.here, Verb.ADD, login="secretary")
    office = grant(house.above, Verb.MANAGE, login="office")
    return SimpleNamespace(secretary=secretary, office=office, at_branch=client_of(secretary), at_office=client_of(office))
