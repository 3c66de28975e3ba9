"""One reader for each file format; hostile-prone formats are read in a child process with hard limits."""
