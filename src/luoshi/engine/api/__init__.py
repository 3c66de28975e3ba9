"""The same verbs as JSON, through the same two doors, and their OpenAPI."""
