"""Gathers the foundation's tables for Django."""

from .accounts import Account
from .files import StoredFile
from .grants import Grant
from .people import Person, Position
from .trail import Head, Line
from .units import Placement, Unit

__all__ = ["Account", "Grant", "Head", "Line", "Person", "Placement", "Position", "StoredFile", "Unit"]
