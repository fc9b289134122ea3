"""Everything that writes in this room, by noun: orders, the pair, people, preparation, agreements, closing."""
