"""The network itself: for now its 21 member economies, as public pages and as editable data."""
