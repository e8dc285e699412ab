"""Reads of delegations."""
