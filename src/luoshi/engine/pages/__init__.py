"""One file for each kind of page; each page is one function read from top to bottom."""
