"""The forum: registration, side events, programme, check-in."""
