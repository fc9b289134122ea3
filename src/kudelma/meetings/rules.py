"""May I, about a meeting? The time belongs to the coordinator, the board to the two who lead or chair."""

from kudelma.matters.rules import coordinates, is_open, leads

RULES = {
    "meetings.arrange": coordinates & is_open,
    "meetings.lead": leads & is_open,
    # Reading asks for no open matter: those who lead look back for a fortnight after it has closed.
    "meetings.read_board": leads,
}
