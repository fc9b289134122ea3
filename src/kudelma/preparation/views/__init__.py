"""Pages about a matter: ordering, accepting, the pair, the people, ways in for them, closing."""
