"""What the actions of a region are given: its settings, the names of its places, whom one may call."""

from dataclasses import dataclass
from datetime import date

from kudelma.regions.models import Sector, Unit


@dataclass(frozen=True)
class RegionSettings:
    """What an administrator sets. face_to_face: whether the controller has accepted admission face to face."""

    help_phone: str
    meeting_minutes: int
    answer_days: int
    offer_days: int
    preparing_days: int
    times_days: int
    space_months: int
    face_to_face: bool


@dataclass(frozen=True)
class Names:
    """What a sector or a controller is called."""

    name_fi: str
    name_sv: str = ""
    name_en: str = ""


@dataclass(frozen=True, kw_only=True)
class UnitNamed(Names):
    """What a unit is called, and where it belongs."""

    sector: Sector
    municipality: str = ""


@dataclass(frozen=True)
class ContactEntry:
    """Whom one may call, about what, and until when this is surely right."""

    name: str
    title: str
    unit: Unit | None
    phone: str
    address: str
    about_fi: str
    about_sv: str
    about_en: str
    position: int
    review_on: date
