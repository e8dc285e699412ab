"""What rules say about facts, and which rules can be kept."""
