"""The small house of units and people that all tests share."""

from tests.conftest import actor, client_of, grant, house, system

__all__ = ["actor", "client_of", "grant", "house", "system"]
