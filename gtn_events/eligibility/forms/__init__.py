"""The forms in which an organiser sets rules."""
