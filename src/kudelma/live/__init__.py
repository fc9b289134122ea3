"""Carries changes to the screens that show them. Decides nothing: rooms below say what changed, readers fetch it
under their own rights."""
