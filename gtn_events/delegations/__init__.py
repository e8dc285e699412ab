"""Delegations: what an economy's coordinator works with, from nominations to the list in protocol order."""
