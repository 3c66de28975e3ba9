"""The declarations of the training registers."""

from . import classes, resources

__all__ = ["classes", "resources"]
