"""Pages of a region: its settings and places, the keeping of contact persons, and what anybody may read."""
