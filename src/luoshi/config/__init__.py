"""Switches things on; nobody imports it."""
