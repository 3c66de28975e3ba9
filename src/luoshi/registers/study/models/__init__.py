"""Timetables and sessions, reading lists and displays, learning branches, exchanges, and topic groups as stored."""

from .exchange import Entry, Exchange, ExchangeState, Reading
from .learning import Check, CheckLine, Criterion, LearningCampaign, Need, Review
from .reading import Display, DisplayKind, ReadingItem
from .session import Absence, Frequency, Material, StudySession, Timetable, Weekday, attended, roster
from .topic import Digest, GroupMember, TopicGroup, TopicPaper, TopicPost

__all__ = ["Absence", "Check", "CheckLine", "Criterion", "Digest", "Display", "DisplayKind", "Entry", "Exchange", "ExchangeState",
           "Frequency", "GroupMember", "LearningCampaign", "Material", "Need", "Reading", "ReadingItem", "Review",
           "StudySession", "Timetable", "TopicGroup", "TopicPaper", "TopicPost", "Weekday", "attended", "roster"]
