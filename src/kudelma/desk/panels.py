"""The way to who has looked, on a participant's own page."""

from dataclasses import dataclass

from kudelma.matters.models import Matter
from kudelma.matters.page import OWN_PANELS, Panel, Shown
from kudelma.members.panels import own_member


@dataclass(frozen=True)
class Openings(Panel):
    template = "desk/openings_panel.html"
    rank = 9


@OWN_PANELS
def openings(matter: Matter, shown: Shown) -> Openings | None:
    return Openings() if shown.is_known_surely and shown.read(own_member).sees("people") else None
