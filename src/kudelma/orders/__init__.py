"""From a worry to an accepted matter, or to a consultation that is answered by a call."""
