"""Parts of many new records at once, checked and noted in the trail as the single form does."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from luoshi.engine.actor import Actor
from luoshi.engine.register import register
from luoshi.foundation import trail
from luoshi.foundation.trail import Deed


def keep(actor: Actor, name: str, found: Sequence[tuple[Any, Mapping[str, Sequence[models.Model]]]]) -> None:
    """Save the parts of records just made; `found` is (record, {reverse name: parts}).

    Bulk saving knows no parts yet; until it does they are stored here, and each record with parts gets a line.
    """
    door = register(name)
    piles: dict[type[models.Model], list[models.Model]] = {}
    deeds = []
    for row, its in found:
        data = {}
        for reverse, ones in its.items():
            link = getattr(row, reverse).field
            for one in ones:
                setattr(one, link.name, row)
                one.clean_fields(exclude=[link.name, "person"])
                piles.setdefault(type(one), []).append(one)
            if ones:
                data[reverse] = [[], [_plain(one, link.name) for one in ones]]
        if data:
            deeds.append(Deed("add", door.name, row.pk, row.unit_id, row.place, data))
    with transaction.atomic():
        for kind, ones in piles.items():
            kind._default_manager.bulk_create(ones, batch_size=2000)
        trail.append(deeds, actor=actor.id, actor_name=actor.name, at=timezone.now())


def _plain(one: models.Model, link: str) -> dict[str, Any]:
    return {f.attname: f.value_from_object(one) for f in one._meta.concrete_fields if f.name not in ("id", link)}
