"""Rules of the meetings of leading bodies: one file for each matter. Messages are codes; `models.words.PROBLEMS` has the sentences."""
