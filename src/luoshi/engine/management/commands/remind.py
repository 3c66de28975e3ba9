"""Reminds of what is due or late and sends what waits; to be run every quarter of an hour."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from luoshi.engine.actor import now, today
from luoshi.engine.duties import owed
from luoshi.engine.reminders import asking, sending


class Command(BaseCommand):
    help = "remind [--send-only]: tell who still owes what is due in 10, 3 or 0 days or late, then send what waits"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--send-only", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["send_only"]:
            told = asking.remind(owed(root="", today=today()), day=today(), moment=now())
            for tell in asking.daily:
                tell(today(), now())
            self.stdout.write(f"{told.accounts} accounts reminded, {len(told.nobody)} units without anybody to remind")
        self.stdout.write(f"{sending.send(now())} messages sent")
