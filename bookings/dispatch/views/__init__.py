"""The helper's phone."""
