"""Writes and rules: questions, conditions, versions, answers."""
