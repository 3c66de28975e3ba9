"""Layouts and parts; knows no record."""
