"""What membership does when something was announced."""

from . import development, transfer  # noqa: F401  declares itself
