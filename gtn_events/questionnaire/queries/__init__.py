"""Reads: versions, answers, what a person left."""
