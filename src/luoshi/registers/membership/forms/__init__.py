"""Forms of membership beyond the derived ones."""
