"""Rules of membership, plain Python: the file, development, transfers."""
