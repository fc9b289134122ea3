"""The board of a meeting: voices and questions, whose turn it is, and what was said."""
