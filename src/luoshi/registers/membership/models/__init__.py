"""Tables of membership: the file, development, transfers."""

from .away import Away, Contact, Decision
from .correction import Correction
from .development import Case, Review
from .development_notice import CasePaper, Notice, Objection, PaperTemplate
from .transfer import Transfer

__all__ = ["Away", "Case", "CasePaper", "Contact", "Correction", "Decision", "Notice", "Objection", "PaperTemplate", "Review",
           "Transfer"]
