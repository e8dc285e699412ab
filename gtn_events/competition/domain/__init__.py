"""Writes and rules of the competition."""
