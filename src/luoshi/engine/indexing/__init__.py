"""The index behind the search boxes: made from the declarations after each migration, kept by the database itself."""

from .ask import candidates, fit
from .keep import ensure, rebuild

__all__ = ["candidates", "ensure", "fit", "rebuild"]
