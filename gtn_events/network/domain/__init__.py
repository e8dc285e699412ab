"""Writes and rules of the network."""
