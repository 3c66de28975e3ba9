"""Reminders: who is told of what is owed, when, and by which way; what is done is never reminded of."""
