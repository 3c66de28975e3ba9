"""The index behind the search boxes: made from the declarations after each migration, kept by the database itself."""

from .ask import Group, candidates, fit
from .keep import ensure, insert, rebuild

__all__ = ["Group", "candidates", "ensure", "fit", "insert", "rebuild"]
