"""The time, the invitations, who was there, and the board."""
