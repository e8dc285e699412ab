"""The pages on which an organiser sets rules, mounted by whatever has them."""
