"""Everything that writes in this room, by noun: times, invitations, the board."""
