"""Notices to units, and their receipts."""
