"""Forgets the files and cells of old imports; run it daily, or leave it to the next import."""

from typing import Any

from django.core.management.base import BaseCommand

from luoshi.engine.actor import today
from luoshi.engine.transfer import batches


class Command(BaseCommand):
    help = "sweepimports: forget files and cells of imports older than LUOSHI_IMPORT_KEPT_DAYS (30) days"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{batches.sweep(today())} imports forgotten")
