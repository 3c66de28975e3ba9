"""Seals every sealed column again with the present key; afterwards the older keys may go."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from luoshi.foundation.sealed import Sealed, SealedField, digest, sealed_fields

CHUNK = 500


class Command(BaseCommand):
    help = "reseal: after a new key was put before the old one, seal all stored values with the new one"

    def handle(self, *args: Any, **options: Any) -> None:
        for model in apps.get_models():
            for field in sealed_fields(model):
                done = 0
                keys = list(model._default_manager.exclude(**{field.name: ""}).values_list("pk", flat=True))
                for start in range(0, len(keys), CHUNK):
                    done += _again(model, field, keys[start:start + CHUNK])
                self.stdout.write(f"{model._meta.label}.{field.name}: {done} sealed again")


@transaction.atomic
def _again(model: Any, field: SealedField, keys: list[int]) -> int:
    """Open and seal one pile; the version of the rows stays, because what they say does not change."""
    names = [field.name, *([field.fingerprint] if field.fingerprint else [])]
    rows = list(model._default_manager.select_for_update().filter(pk__in=keys).only("pk", *names))
    for row in rows:
        value = getattr(row, field.name)
        if isinstance(value, Sealed):
            whole = value.clear()
            setattr(row, field.name, whole)
            if field.fingerprint:
                setattr(row, field.fingerprint, digest(whole, purpose=field.where))
    model._default_manager.bulk_update(rows, names)
    return len(rows)
