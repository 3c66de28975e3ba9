"""The declarations of posts abroad."""

from . import contact, packet, rotation

__all__ = ["contact", "packet", "rotation"]
