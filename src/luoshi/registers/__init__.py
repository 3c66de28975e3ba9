"""One folder for each kind of work that is recorded; the folders do not know each other."""
