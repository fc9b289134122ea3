"""May I, about a board? It belongs to the two who lead or chair."""

from kudelma.matters.rules import is_open, leads

RULES = {
    "board.lead": leads & is_open,
    # Reading asks for no open matter: those who lead look back for a fortnight after it has closed.
    "board.read": leads,
}
