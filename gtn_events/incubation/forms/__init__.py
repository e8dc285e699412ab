"""The forms of co-incubation."""
