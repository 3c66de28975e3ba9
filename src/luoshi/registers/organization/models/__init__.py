"""Terms, guidance visits, improvement sheets, changes of units and hand-overs as stored; units and people are the foundation's."""

from .changes import Change, Side, UnitChange, UnitSide
from .handover import Handover, first_day
from .kept import PROBLEMS, Action, Guidance, Heading, Improvement, Term, Way

__all__ = ["PROBLEMS", "Action", "Change", "Guidance", "Handover", "Heading", "Improvement", "Side", "Term", "UnitChange",
           "UnitSide", "Way", "first_day"]
