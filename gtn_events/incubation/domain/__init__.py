"""Rules of co-incubation that write: calls, hosts, verification, places, matches, offers, placements."""
