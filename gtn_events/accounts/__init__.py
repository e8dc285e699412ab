"""People, organisations, sign-in and roles."""
