"""What people type about certificates."""
