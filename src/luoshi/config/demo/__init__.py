"""A fictional ministry to try the product on: units, people, a year of records, a plan; the same from the same seed."""
