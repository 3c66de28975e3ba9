"""What stands before serving: catalogue, Django, an up-to-date database; and the commands `serve` and `admin`."""

import os
import secrets
import sys

from . import catalogue, serving


def set_up() -> None:
    """Compile the catalogue, load Django, and bring the database up to date; LUOSHI_DATA says where (default ./var)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.config.settings")
    catalogue.compile_catalogue()
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    from luoshi.ui.storage import UNUSED

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise complains where it is missing
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=UNUSED)


def serve() -> int:
    """`.venv/bin/luoshi serve`: the product on its own data; no account comes with it. Exit status."""
    try:
        number = serving.port()
        with serving.held(number):
            set_up()
    except serving.Unserved as reason:
        print(reason, file=sys.stderr)  # noqa: T201
        return 1
    from luoshi.foundation.accounts import Account

    if not Account.objects.exists():
        print("There is no account yet. Make the first one in another window: .venv/bin/luoshi admin LOGIN")  # noqa: T201
    return serving.serve(number, lambda: said(number))


def said(number: int) -> None:
    print(f"Luoshi 落实 is ready: http://{serving.HOST}:{number}  (Ctrl+C ends it)", flush=True)  # noqa: T201


def admin(words: list[str]) -> int:
    """`.venv/bin/luoshi admin LOGIN [UNIT]`: an account that manages everything, with a first password shown once."""
    if not 1 <= len(words) <= 2 or words[0].startswith("-"):
        print("Usage: .venv/bin/luoshi admin LOGIN [NAME OF THE HIGHEST UNIT]", file=sys.stderr)  # noqa: T201
        return 2
    set_up()
    from django.db import transaction

    from luoshi.foundation.accounts import Account

    login = words[0]
    if Account.objects.filter(login=login).exists():
        print(f"The account {login} exists already; nothing was changed.", file=sys.stderr)  # noqa: T201
        return 1
    password = secrets.token_urlsafe(12)
    with transaction.atomic():
        unit = _first_account(login, password, words[1] if len(words) == 2 else "机关党委")
    print(f"Account {login} manages {unit}. First password (shown this once): {password}")  # noqa: T201
    return 0


def _first_account(login: str, password: str, name: str) -> str:
    """Make the account and its grant on the highest unit, which is founded where there is none; its name."""
    from luoshi.engine import write
    from luoshi.engine.actor import system_actor
    from luoshi.engine.register import register
    from luoshi.foundation.accounts import Account
    from luoshi.foundation.grants import EVERY, Grant, Verb
    from luoshi.foundation.units import Body, System, Unit

    actor = system_actor()
    root = Unit.objects.filter(parent__isnull=True, withdrawn=False, system=System.PARTY).order_by("place").first()
    if root is None:
        root = Unit(name=name, code="0", body=Body.COMMITTEE, since=actor.today)
        write.save(actor, register("unit"), root)
    account = Account.objects.create_user(login, password, label=login, role="系统管理人员", home=root)
    Grant.objects.create(account=account, unit=root, register=EVERY, verb=Verb.MANAGE, since=actor.today)
    return root.name
