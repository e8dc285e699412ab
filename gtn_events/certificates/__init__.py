"""Numbered documents that anyone can verify."""
