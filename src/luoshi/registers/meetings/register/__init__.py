"""What the registers of meetings are called and how they behave, one file for each theme."""

from . import meeting, task

__all__ = ["meeting", "task"]
