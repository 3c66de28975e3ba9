"""Waivers: a duty that a unit above lets a unit off, with the reason."""
