"""Everything that writes in this room, by noun: accounts, seats, links, admissions, messages."""
