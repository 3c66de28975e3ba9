"""Declarations of the meetings of leading bodies."""

from . import appraisal, centre, committee, life, report  # noqa: F401  declare themselves
