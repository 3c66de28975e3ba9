"""What the meetings of leading bodies are stored as; one file for each kind."""

from .appraisal import Appraisal, Excellent
from .centre import CentreAttendance, CentrePlan, CentreSession, Expert, PlanItem
from .committee import AgendaItem, CommitteeAbsence, CommitteeDecision, CommitteeMeeting, CommitteePaper
from .life import DemocraticLife, LifeProblem, LifeStatement, Rectification
from .report import ReportAttendance, ReportMeeting, ReportSeat, Speaker

__all__ = ["AgendaItem", "Appraisal", "CentreAttendance", "CentrePlan", "CentreSession", "CommitteeAbsence", "CommitteeDecision",
           "CommitteeMeeting", "CommitteePaper", "DemocraticLife", "Excellent", "Expert", "LifeProblem", "LifeStatement", "PlanItem",
           "Rectification", "ReportAttendance", "ReportMeeting", "ReportSeat", "Speaker"]
