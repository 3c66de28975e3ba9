"""Official papers from plain values: docx and PDF in the form of GB/T 9704-2012, and plain text."""

from .errors import PaperError
from .paper import Appendix, Paper, Paragraph, Table

__all__ = ["Appendix", "Paper", "PaperError", "Paragraph", "Table"]
