"""A matter and what it agrees on: order, acceptance, pair, the people of its circle, permissions to invite."""
