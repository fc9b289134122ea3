"""Every form of the product, reached by its real address as a seat that may send it, with what a person types.

A function for each: it walks the matter as far as the form needs, and tells how the form is reached.
Two places of one form (a row that is new, a row that is there) are two functions. A file for each room.
"""

from doors.bad_inputs.registry import (
    bank,
    board,
    circle,
    desk,
    meetings,
    members,
    orders,
    pairing,
    people,
    plans,
    preparation,
    regions,
)
from doors.bad_inputs.registry.ready import WAYS, Ready, Way, name_of, subclasses
from kudelma.core.forms import ChangeForm, Form, NewForm
from kudelma.core.gallery import SampleChangeForm, SampleForm
from kudelma.members.forms.own import SafetyFields
from kudelma.members.forms.people import PersonFields
from kudelma.orders.forms import CallerFields, ConsultationFields, OrderPage
from kudelma.people.forms import WorkFields
from kudelma.plans.forms import RowFields
from kudelma.regions.forms import ContactFields, NamesForm, SectorOfUnit

BASES = {
    Form,
    NewForm,
    ChangeForm,
    CallerFields,
    ConsultationFields,
    PersonFields,
    RowFields,
    OrderPage,
    SafetyFields,
    WorkFields,
    NamesForm,
    SectorOfUnit,
    ContactFields,
}
"""What other forms are made of; no page shows one of these alone."""
SAMPLES = {SampleForm, SampleChangeForm}
"""Shown in the gallery, sent nowhere."""

__all__ = [
    "BASES",
    "SAMPLES",
    "WAYS",
    "Ready",
    "bank",
    "board",
    "circle",
    "desk",
    "meetings",
    "members",
    "name_of",
    "orders",
    "pairing",
    "people",
    "plans",
    "preparation",
    "regions",
    "subclasses",
]


def __getattr__(name: str) -> Way:
    """A way by its own name, in whatever file it stands."""
    if name not in WAYS:
        raise AttributeError(name)
    return WAYS[name][1]
