"""News that travels down the house, to rooms that may not be imported from above."""

from django.dispatch import Signal

language_chosen = Signal()  # request, language: so that a seat may keep it
sms_in_demo = Signal()  # number, text: the demo's letterbox takes it
region_made = Signal()  # region: `people` adds its doors, `trust` its key
about_to_serve = Signal()  # the server starts: a room may refuse by raising Misconfigured
every_minute = Signal()  # at: the clock of the job worker
seat_given = Signal()  # seat: `bank` opens a line for a consultant
uninvited = Signal()  # member, by, at: the people do not want this one along after all; `meetings` takes the entry away
pair_changed = Signal()  # matter, by, at: a pairing ended or was accepted; `meetings` tells calendars
