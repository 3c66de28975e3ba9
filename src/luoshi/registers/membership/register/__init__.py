"""Declarations of membership: the file, development, transfers."""

from . import development  # noqa: F401  declares itself
