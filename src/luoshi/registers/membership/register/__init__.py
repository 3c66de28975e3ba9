"""Declarations of membership: the file, development, transfers."""

from . import correction, development, transfer  # noqa: F401  declare themselves
