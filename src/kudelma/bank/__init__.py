"""The consultant bank: who leads meetings, in which languages, and who is outside a matter."""
