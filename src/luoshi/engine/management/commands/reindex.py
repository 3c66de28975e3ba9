"""Makes the search index again from the rows."""

from typing import Any

from django.core.management.base import BaseCommand

from luoshi.engine import indexing


class Command(BaseCommand):
    help = "reindex: make the index behind the search boxes again; needed only after a repair past the product"

    def handle(self, *args: Any, **options: Any) -> None:
        for table in indexing.rebuild():
            self.stdout.write(f"{table}: made again")
