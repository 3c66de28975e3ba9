"""The days of a notice are kept on its receipts: a correction goes along."""

from luoshi.engine.actor import system_actor
from luoshi.engine.bulk import save_many
from luoshi.engine.events import Event, on
from luoshi.engine.register import register


@on("notices.written")
def take_days_along(event: Event) -> None:
    row = event.row
    if not event.before or all(event.before[name] == getattr(row, name) for name in ("sent_on", "reply_by")):
        return
    found = list(row.receipts.filter(withdrawn=False))
    for one in found:
        one.notice = row
    if refused := save_many(system_actor(event.actor.today), register("notice_receipt"), found, verb="change"):
        raise next(iter(refused.values()))
