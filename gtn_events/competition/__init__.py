"""The APEC Innovative SMEs Competition: calls, entries, judging, scores and awards."""
