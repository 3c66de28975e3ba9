"""Meetings of organisation life: what was held, who came, what was decided."""
