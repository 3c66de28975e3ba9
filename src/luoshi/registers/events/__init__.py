"""Campaigns and activities, and who signed up and came."""
