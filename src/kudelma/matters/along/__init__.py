"""What each room hands up of who is along."""
