"""What membership does when something was announced."""

from . import development  # noqa: F401  declares itself
