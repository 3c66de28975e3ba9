"""Tables of membership: the file, development, transfers."""

from .development import Case, Review
from .development_notice import CasePaper, Notice, Objection, PaperTemplate

__all__ = ["Case", "CasePaper", "Notice", "Objection", "PaperTemplate", "Review"]
