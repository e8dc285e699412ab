"""Proposed side events: typed, sent, confirmed by their co-hosts, decided."""
