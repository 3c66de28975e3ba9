"""Issues a key for a program; shown once, then only its digest is kept."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from luoshi.engine.actor import today
from luoshi.engine.api.tokens import issue
from luoshi.foundation.accounts import Account


class Command(BaseCommand):
    help = "apikey LOGIN LABEL UNTIL: a key that may do what the account may, until a day such as 2027-03-31"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("login")
        parser.add_argument("label")
        parser.add_argument("until")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            until = date.fromisoformat(options["until"])
        except ValueError as error:
            raise CommandError(f"{options['until']!r} is no day; write it as 2027-03-31") from error
        if until < today():
            raise CommandError(f"{until} is past; a key that ends before today opens nothing")
        account = Account.objects.filter(login=options["login"], is_active=True).first()
        if account is None:
            raise CommandError(f"no active account {options['login']!r}")
        if not options["label"].strip() or len(options["label"]) > 60:
            raise CommandError("give a label of 1 to 60 characters that says which program holds the key")
        self.stdout.write(issue(account, label=options["label"].strip(), until=until))
