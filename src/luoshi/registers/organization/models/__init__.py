"""Terms, guidance visits, improvement sheets, changes of units, hand-overs and operations; units and people are the foundation's."""

from .changes import Change, Side, UnitChange, UnitSide
from .handover import Handover, first_day
from .kept import PROBLEMS, Action, Guidance, Heading, Improvement, Term, Way
from .operation import Operation

__all__ = ["PROBLEMS", "Action", "Change", "Guidance", "Handover", "Heading", "Improvement", "Operation", "Side", "Term", "UnitChange",
           "UnitSide", "Way", "first_day"]
