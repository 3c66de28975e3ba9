"""Official papers of membership."""
