"""Stored files: kept under a random token of our own, read only through the record they belong to."""

import hashlib
import os
import secrets
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import models

from .places import PlaceField


def new_token() -> str:
    return secrets.token_hex(16)


class StoredFile(models.Model):
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    register = models.CharField(max_length=40)
    row = models.BigIntegerField(null=True)
    place = PlaceField(blank=True)
    stored_at = models.DateTimeField(auto_now_add=True)
    stored_by = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["register", "row"])]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        return Path(settings.MEDIA_ROOT) / self.token[:2] / self.token

    def open(self) -> IO[bytes]:
        return self.path.open("rb")


def clean_name(name: str) -> str:
    """A name to show and offer for download: no path, no control or direction characters, at most 200 characters."""
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in name if c.isprintable() and c not in '<>:"|?*')
    return kept[-200:].strip(". ") or "file"


def store(data: bytes, *, name: str, register: str, row: int | None = None, place: str = "",
          by: int | None = None) -> StoredFile:
    """Write the bytes first and name them in the database second; a kill between leaves a stray file, never a hole."""
    kept = StoredFile(name=clean_name(name), size=len(data), digest=hashlib.sha256(data).hexdigest(),
                      register=register, row=row, place=place, stored_by=by)
    kept.path.parent.mkdir(parents=True, exist_ok=True)
    part = kept.path.with_suffix(".part")
    with part.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    part.replace(kept.path)
    kept.save()
    return kept


def attach(kept: StoredFile, *, row: int, place: str) -> None:
    """Name the record that a stored file belongs to, once that record exists."""
    kept.row, kept.place = row, place
    kept.save(update_fields=["row", "place"])
