"""The pages of co-incubation."""
