"""Declarations of membership: the file, development, transfers."""

from . import correction, development  # noqa: F401  declares itself
