"""Rules of co-incubation that write: from calls, hosts and applications to matches, offers and placements."""
