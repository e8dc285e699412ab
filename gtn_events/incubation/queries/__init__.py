"""Questions to the database about co-incubation."""
