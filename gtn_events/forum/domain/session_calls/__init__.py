"""Calls for sessions: opened, answered, scored, decided, confirmed."""
