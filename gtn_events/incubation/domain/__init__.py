"""Rules of co-incubation that write."""
