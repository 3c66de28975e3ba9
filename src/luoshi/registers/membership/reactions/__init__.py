"""What membership does when something was announced."""

from . import development, training, transfer  # noqa: F401  declares itself
