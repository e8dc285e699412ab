"""A certificate as an Open Badge 3.0: a credential that wallets keep, with a proof of its own."""
