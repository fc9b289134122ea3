"""Loads the story of Esimerkkilä by the same actions that people use, each at its own day in the past.

What the story does not tell (addresses, numbers) is made from names. Nobody in it is real.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kudelma.bank.models import Consultant
from kudelma.core.record import record_reading
from kudelma.demo.people import demo_id
from kudelma.demo.walk import Walk
from kudelma.orders.actions import drafts
from kudelma.people.actions.seats import give_seat
from kudelma.people.inputs import NewSeat
from kudelma.people.models import Message, Role, Seat
from kudelma.regions.actions import add_contact, make_region, next_review
from kudelma.regions.inputs import ContactEntry
from kudelma.regions.models import Controller, Region, Sector, Unit

STORY = Path(__file__).parent / "story"
REGION = {"code": "E1", "name_fi": "Esimerkkilä", "name_sv": "Exempelby", "name_en": "Esimerkkilä"}
NEIGHBOUR = {"code": "E2", "name_fi": "Naapurila", "name_sv": "Grannby", "name_en": "Naapurila"}
# Reserved for what does not exist (RFC 2606): mail to it reaches nobody, whatever the settings are.
DOMAIN = "esimerkki.invalid"
BUTTONS = {
    "sari-lehtola": "worker-orderer",
    "minna-aaltola": "worker-invited",
    "paula-vainola": "superior",
    "heli-rautala": "consultant-lead",
    "tapio-kuusela": "consultant-writer",
}
"""Which people of the story have a button; a consultant's button is for the consultant's seat."""


@dataclass
class Places:
    """The region with everything a matter needs, by the slugs of the story."""

    region: Region
    clock: Seat
    now: datetime
    units: dict[str, Unit] = field(default_factory=dict)
    controllers: dict[str, Controller] = field(default_factory=dict)
    workers: dict[str, Seat] = field(default_factory=dict)
    consultants: dict[str, Seat] = field(default_factory=dict)
    coordinators: list[Seat] = field(default_factory=list)


def is_loaded() -> bool:
    return Seat.objects.filter(pk=demo_id("seat:coordinator")).exists()


def load() -> int:
    """Load everything. Returns how many matters there are. Nothing is sent: it is all long ago."""
    # All or nothing: half a story would be taken for a whole one by whoever loads the demo again.
    with transaction.atomic():
        places = _region()
        stories = [tomllib.loads(file.read_text()) for file in sorted((STORY / "matters").glob("*.toml"))]
        # The oldest first, so that the numbers of matters run as they would have.
        stories.sort(key=lambda matter: -matter["days_ago"])
        for matter in stories:
            Walk(places, matter).through()
        _draft(places)
        _neighbour(places.now)
        DBTaskResult.objects.all().delete()
        for message in Message.objects.filter(sent_at=None):
            Message.objects.filter(pk=message.pk).update(sent_at=message.made_at)
    return len(stories)


def _region() -> Places:
    now = timezone.now()
    region, _ = make_region(**REGION, is_demo=True, help_phone="+358400000100")
    clock = Seat.objects.door(region, Role.CLOCK)
    places = Places(region, clock, now)
    listed = tomllib.loads((STORY / "places.toml").read_text())
    for entry in listed["sector"]:
        sector = Sector.objects.create(region=region, **_names(entry))
        for unit in entry["unit"]:
            places.units[unit["slug"]] = Unit.objects.create(region=region, sector=sector, **_names(unit))
    for entry in listed["controller"]:
        places.controllers[entry["slug"]] = Controller.objects.create(region=region, **_names(entry))
    _people(places)
    _contacts(places)
    # In use here so that one can see it; anywhere else it is off until a controller has accepted it.
    Region.objects.filter(pk=region.pk).update(
        face_to_face_at=now - timedelta(days=200), face_to_face_by=demo_id("seat:administrator")
    )
    region.refresh_from_db()
    return places


def _people(places: Places) -> None:
    listed = tomllib.loads((STORY / "people.toml").read_text())
    _seat(places, listed["administrator"], Role.ADMINISTRATOR, slug="administrator")
    for number, person in enumerate(listed["coordinator"]):
        slug = "coordinator" if number == 0 else person["slug"]
        places.coordinators.append(_seat(places, person, Role.COORDINATOR, slug=slug))
    for number, person in enumerate(listed["steering"]):
        _seat(places, person, Role.STEERING, slug="steering" if number == 0 else person["slug"])
    for person in listed["worker"]:
        button = BUTTONS.get(person["slug"], person["slug"])
        is_consultant = "consultant" in person
        own = person["slug"] if is_consultant else button
        places.workers[person["slug"]] = _seat(places, person, Role.WORKER, slug=own)
        if is_consultant:
            slug = button if button != person["slug"] else f"{person['slug']}-consultant"
            seat = _seat(places, person, Role.CONSULTANT, slug=slug)
            spoken = person["consultant"]["languages"]
            trained_on = date(person["consultant"]["trained"], 5, 15)
            Consultant.objects.filter(seat=seat).update(
                trained_on=trained_on, **{f"speaks_{code}": code in spoken for code in ("fi", "sv", "en")}
            )
            places.consultants[person["slug"]] = seat


def _contacts(places: Places) -> None:
    for number, contact in enumerate(tomllib.loads((STORY / "contacts.toml").read_text())["contact"], start=1):
        at = places.now - timedelta(days=contact["days_ago"])
        values = ContactEntry(
            title=contact["title"],
            unit=places.units[contact["unit"]] if "unit" in contact else None,
            name=contact["name"],
            phone=_number(contact["name"]),
            address=address_of(contact["name"]),
            about_fi=contact["about_fi"],
            about_sv=contact["about_sv"],
            about_en=contact["about_en"],
            position=number,
            review_on=next_review(timezone.localdate(at)),
        )
        key = demo_id(f"contact:{contact['slug']}")
        add_contact(places.region, idempotency_key=key, values=values, by=places.coordinators[0], at=at)


def _seat(places: Places, person: dict[str, Any], role: str, *, slug: str) -> Seat:
    seat = NewSeat(
        role=role,
        name=person["name"],
        address=address_of(person["name"]),
        phone=_number(person["name"]),
        title=person["title"],
        unit=places.units[person["unit"]] if "unit" in person else None,
        leads=person.get("leads", False),
        language=person.get("language", "fi"),
        starts_on=(places.now - timedelta(days=400)).date(),
    )
    return give_seat(
        places.region,
        values=seat,
        by=places.clock,
        at=places.now - timedelta(days=400),
        idempotency_key=demo_id(f"seat:{slug}"),
        invite=False,
    )


def _draft(places: Places) -> None:
    """An order that was begun yesterday."""
    story = tomllib.loads((STORY / "draft.toml").read_text())
    by, at = places.workers[story["writer"]], places.now - timedelta(days=1)
    draft = drafts.begin_draft(idempotency_key=demo_id("draft"), ordering=story["ordering"], by=by, at=at)
    # A draft is sealed as well: it opens, here as anywhere, only once its reading stands in the record.
    record_reading("demo.load", [draft.pk], by=places.clock, at=at)
    drafts.save_draft(draft, version=1, values=story["values"], page=story["page"], by=by, at=at)


def _neighbour(now: datetime) -> None:
    """A small region next door, so that one can see that nothing is seen across the border."""
    region, _ = make_region(**NEIGHBOUR, is_demo=True)
    places = Places(region, Seat.objects.door(region, Role.CLOCK), now)
    sector = Sector.objects.create(
        region=region, name_fi="Perhepalvelut", name_sv="Familjeservice", name_en="Family services"
    )
    places.units["naapuri"] = Unit.objects.create(region=region, sector=sector, name_fi="Naapurilan perhekeskus")
    Controller.objects.create(region=region, name_fi="Naapurilan hyvinvointialue")
    coordinator = tomllib.loads((STORY / "people.toml").read_text())["neighbour"]
    _seat(places, coordinator, Role.COORDINATOR, slug="other-region-coordinator")
    worker = {"name": "Anneli Rantanen", "title": "perhetyöntekijä", "unit": "naapuri"}
    places.workers["anneli"] = _seat(places, worker, Role.WORKER, slug="naapuri-anneli")
    order = {
        "told": "agreed",
        "told_to": "Kaisalle, eilen kotikäynnillä",
        "why_together": "Kaisan tukena on monta ihmistä, mutta emme ole koskaan istuneet saman pöydän ääressä.",
        "problem": "scattered",
        "worry": "Olen huolissani siitä, että kyselemme Kaisalta samoja asioita moneen kertaan.",
        "wish": "Toivon, että Kaisa saisi kertoa vain kerran.",
        "languages": "suomi",
        "access": "",
        "windows": "Aamupäivät käyvät.",
        "place": "together",
        "call_first": "no",
    }
    Walk(places, {"slug": "naapuri", "step": "ordered", "days_ago": 2, "orderer": "anneli", "order": order}).through()


def _names(entry: dict[str, Any]) -> dict[str, str]:
    return {name: entry[name] for name in ("name_fi", "name_sv", "name_en") if name in entry}


def address_of(name: str) -> str:
    plain = name.casefold().translate(str.maketrans("åäöéü -", "aaoeu.."))
    return f"{plain}@{DOMAIN}"


def _number(name: str) -> str:
    return f"+358400{sum(ord(letter) * (place + 7) for place, letter in enumerate(name)) % 1_000_000:06}"
