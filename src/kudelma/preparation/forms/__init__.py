"""What comes in about a matter, by noun. Shape and cleaning only."""
