"""Forms of delegations."""
