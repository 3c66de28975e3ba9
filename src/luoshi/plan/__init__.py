"""The plan at work: a year's text, its measures, what they count, and what was reported about them."""
