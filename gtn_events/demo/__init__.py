"""The demonstration: the network's first forum with invented people, and the next one, open for registration."""
