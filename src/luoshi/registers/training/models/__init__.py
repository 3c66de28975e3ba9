"""Classes, lessons, enrolments, courses, teachers and rooms as stored."""

from .classes import ClassState, Enrolment, Kind, Lesson, Result, TrainingClass
from .resources import Course, Room, Teacher

__all__ = ["ClassState", "Course", "Enrolment", "Kind", "Lesson", "Result", "Room", "Teacher", "TrainingClass"]
