"""Units, people, their positions, terms of office, guidance visits and improvement sheets."""
