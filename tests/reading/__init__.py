"""Reading plans: the formats, hostile files, and plans annotated by hand that the reading is scored against."""
