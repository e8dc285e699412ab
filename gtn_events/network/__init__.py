"""The network itself: its 21 member economies, groups of them, and who coordinates what, from when to when."""
