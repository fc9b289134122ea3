"""Ways of meeting as data: roles, phases, questions, turns, forms. A region edits it; nothing here knows a matter."""
