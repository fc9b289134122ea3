"""Pages about a meeting: finding the time, inviting, the board."""
