"""First pages and a matter's page: reads all rooms above, holds no tables."""
