"""Meetings of leading bodies: centre groups, committees, democratic life, appraisals, lectures by leaders, report meetings."""
