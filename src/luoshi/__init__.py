"""Luoshi 落实: an annual work plan that is assigned, recorded once and counts itself."""
