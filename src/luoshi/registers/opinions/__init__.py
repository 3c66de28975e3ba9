"""Messages of those who use the product, answered by a day; later all questions that are owed an answer."""
