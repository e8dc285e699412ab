"""Co-incubation: calls, hosts, applications, matches and placements."""
