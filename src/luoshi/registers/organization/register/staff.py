"""Declarations of those who do discipline work about cases to keep away from."""

from luoshi.engine.register import Register

from .. import indicators
from ..models import Recusal


class Recusals(Register):
    """One row a declaration; the roster shows the latest of each person."""

    name = "recusal"
    model = Recusal
    entry = "organisation"
    columns = ("person", "unit", "declared_on", "stated", "paper")
    filters = ("unit", "person", "stated", "declared_on")
    form = ("unit", "person", "declared_on", "stated", "paper")
    key = ("person", "declared_on")
    search = ("person__name", "person__search", "paper")
    order = ("-declared_on", "-id")
    indicators = indicators.OF_RECUSALS
