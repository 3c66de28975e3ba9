"""Recomputes the trail; one flipped bit is found and named."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from luoshi.foundation import trail


class Command(BaseCommand):
    help = "verify: recompute every chain of the trail; exit 1 and the first bad line where one does not hold"

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(trail.verify())
        for one in found:
            self.stderr.write(f"{one.stream} line {one.seq}: {one.why}")
        if found:
            sys.exit(1)
        self.stdout.write(f"{trail.Line.objects.count()} lines in {trail.Head.objects.count()} chains hold")
