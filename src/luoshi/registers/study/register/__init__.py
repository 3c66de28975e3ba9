"""The declarations of the study registers."""

from . import exchange, learning, session, topic

__all__ = ["exchange", "learning", "session", "topic"]
