"""The editor, mounted by the package that owns the questionnaire."""
