"""Reads of the competition."""
