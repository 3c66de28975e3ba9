"""Tables of membership: the file, development, transfers."""

from .correction import Correction
from .development import Case, Review
from .development_notice import CasePaper, Notice, Objection, PaperTemplate

__all__ = ["Case", "CasePaper", "Correction", "Notice", "Objection", "PaperTemplate", "Review"]
