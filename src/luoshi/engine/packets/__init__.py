"""Packets: a unit's duties, forms and papers as one file for a place without network, and its records back as one text."""
