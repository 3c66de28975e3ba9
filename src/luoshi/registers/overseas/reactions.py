"""The first sign of a quarter from a post, whichever register it comes from."""

from datetime import date

from luoshi.engine import write
from luoshi.engine.actor import on_behalf
from luoshi.engine.events import Event, on
from luoshi.engine.register import register
from luoshi.foundation.units import Body, Kind
from luoshi.kernel import periods

from .models import PostReport, Sign


@on("meetings.recorded")
@on("study.recorded")
def by_record(event: Event) -> None:
    _note(event, getattr(event.row, "held_on", None), Sign.RECORD)


@on("overseas.packet_kept")
def by_packet(event: Event) -> None:
    _note(event, event.row.returned_on, Sign.PACKET)


@on("overseas.contact_kept")
def by_contact(event: Event) -> None:
    _note(event, event.row.done_on, Sign.CONTACT)


def _note(event: Event, day: date | None, way: Sign) -> None:
    unit = event.row.unit
    if day is None or unit.kind != Kind.OVERSEAS or unit.body != Body.BRANCH or event.row.withdrawn:
        return
    quarter = periods.quarter(day).start
    found = PostReport.objects.filter(unit=unit, quarter=quarter, withdrawn=False).first()
    if found is not None and found.reported_on <= day:
        return
    row = found or PostReport(unit=unit, quarter=quarter)
    row.reported_on, row.way = day, way
    write.save(on_behalf(event.actor), register("post_report"), row)
