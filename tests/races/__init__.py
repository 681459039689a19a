"""Several at once, on a real database, with real connections."""
