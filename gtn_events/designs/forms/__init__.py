"""The form of a design."""
