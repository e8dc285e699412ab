"""Writes and rules of delegations."""
