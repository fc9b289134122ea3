"""The people of a matter: who they are, whether they may be invited, what is agreed, how they come in."""
