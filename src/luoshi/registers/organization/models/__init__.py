"""Terms, reviews of a union's money, guidance visits, improvement sheets, changes of units, hand-overs and operations; units and people are the foundation's."""

from .audit import Audit, Finding
from .changes import Change, Side, UnitChange, UnitSide
from .handover import Handover, first_day
from .kept import PROBLEMS, Action, Guidance, Heading, Improvement, Term, Way
from .operation import Operation
from .recusal import Recusal, Stated

__all__ = ["PROBLEMS", "Action", "Audit", "Change", "Finding", "Guidance", "Handover", "Heading", "Improvement", "Operation",
           "Recusal", "Side", "Stated", "Term", "UnitChange", "UnitSide", "Way", "first_day"]
