"""Writes and rules of the forum."""
