"""Study: timetables and sessions, reading lists, learning branches, exchanges of results, and topic groups."""
