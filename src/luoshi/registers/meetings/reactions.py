"""What hangs on a meeting goes with it when its day or unit is corrected."""

from luoshi.engine.along import take_along
from luoshi.engine.events import Event, on


@on("meetings.recorded")
def take_tasks_along(event: Event) -> None:
    take_along(event, "meeting_task", event.row.tasks, day="day")
    take_along(event, "meeting_paper", event.row.papers, day="day")
