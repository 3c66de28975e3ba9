"""Turns declarations into pages, API, import, export, trail, indicators and duties."""
