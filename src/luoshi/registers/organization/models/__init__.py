"""What the organisation stores: terms, changes of units, hand-overs, operations, audits, declarations; units are the foundation's."""

from .audit import Audit, Finding
from .changes import Change, Side, UnitChange, UnitSide
from .handover import Handover, first_day
from .kept import PROBLEMS, Action, Guidance, Heading, Improvement, Term, Way
from .operation import Operation
from .recusal import Recusal, Stated

__all__ = ["PROBLEMS", "Action", "Audit", "Change", "Finding", "Guidance", "Handover", "Heading", "Improvement", "Operation",
           "Recusal", "Side", "Stated", "Term", "UnitChange", "UnitSide", "Way", "first_day"]
