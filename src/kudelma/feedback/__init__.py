"""What people said afterwards, kept so that nobody can be found in it."""
