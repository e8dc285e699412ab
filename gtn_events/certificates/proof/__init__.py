"""What proves a certificate without us: keys, signed statements, files, the list of what was revoked."""
