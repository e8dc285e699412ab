"""The pages of the competition."""
