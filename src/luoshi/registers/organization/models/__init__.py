"""Terms, guidance visits, improvement sheets and changes of units as stored; units and people are the foundation's."""

from .changes import Change, Side, UnitChange, UnitSide
from .kept import PROBLEMS, Action, Guidance, Heading, Improvement, Term, Way

__all__ = ["PROBLEMS", "Action", "Change", "Guidance", "Heading", "Improvement", "Side", "Term", "UnitChange",
           "UnitSide", "Way"]
