"""What accounts do and the rules they keep."""
