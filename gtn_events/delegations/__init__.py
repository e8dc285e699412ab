"""Delegations: nominations, the desk of an economy's coordinator, circulars, funded travel."""
