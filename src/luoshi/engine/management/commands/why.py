"""Explains a right: why an account may or may not do something at a unit."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from luoshi.engine.actor import actor_of
from luoshi.engine.register import register
from luoshi.foundation.accounts import Account
from luoshi.foundation.grants import EVERY, Grant, Verb
from luoshi.foundation.units import Unit
from luoshi.kernel import places


class Command(BaseCommand):
    help = "why LOGIN VERB REGISTER UNIT-CODE: every grant of the account, and whether it opens the door"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("login")
        parser.add_argument("verb", choices=[v.name.lower() for v in Verb])
        parser.add_argument("register")
        parser.add_argument("unit")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            account = Account.objects.get(login=options["login"])
            unit = Unit.objects.get(code=options["unit"])
            one = register(options["register"])
        except (Account.DoesNotExist, Unit.DoesNotExist, KeyError) as error:
            raise CommandError(f"unknown: {error}") from error
        verb, actor = Verb[options["verb"].upper()], actor_of(account)
        for grant in Grant.objects.filter(account=account).select_related("unit"):
            self.stdout.write(f"{grant.get_verb_display()} {grant.register} {grant.unit} "
                              f"{grant.since}–{grant.until or ''}: {reason(grant, verb, one, unit, actor.today)}")
        allowed = one.may(actor, verb, unit.place)
        self.stdout.write(f"→ {'may' if allowed else 'may not'} {verb.name.lower()} {one.name} at {unit}")


def reason(grant: Grant, verb: Verb, one: Any, unit: Unit, today: Any) -> str:
    """What a grant lacks for this; the first thing that is missing."""
    if not (grant.since <= today and (grant.until is None or today < grant.until)):
        return "not in force today"
    if grant.register not in (one.name, EVERY):
        return "another register"
    if grant.register == EVERY and one.sensitive:
        return "a sensitive register must be named"
    if grant.verb < verb:
        return "a lower verb"
    inside = unit.place == grant.unit.place if one.sensitive else places.below(unit.place, grant.unit.place)
    return "opens the door" if inside else "another part of the tree"
