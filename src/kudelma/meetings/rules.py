"""May I, about a meeting? Its time belongs to the coordinator."""

from kudelma.matters.rules import coordinates, is_open

RULES = {"meetings.arrange": coordinates & is_open}
