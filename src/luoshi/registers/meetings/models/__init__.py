"""Meetings with who was absent and what was voted on, their papers, and what was handed to somebody to do."""

from .meeting import PASSED, QUORATE, Absence, Kind, Matter, Meeting, Vote, attended, roster
from .task import MeetingPaper, MeetingTask

__all__ = ["PASSED", "QUORATE", "Absence", "Kind", "Matter", "Meeting", "MeetingPaper", "MeetingTask", "Vote", "attended", "roster"]
