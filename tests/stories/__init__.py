"""Stories of users, told by the pages they use."""
