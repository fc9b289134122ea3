"""How a list of matters is sorted and narrowed: by words in the address that tell of nobody."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kudelma.desk.coordinators import OTHERS
from kudelma.matters.models import STATION, WaitsFor
from kudelma.meetings.models import Meeting

STATIONS = ["1", "2", "3", "4", "5"]
OF_OPEN_ONES = ("waited", "meeting")
"""Ways of sorting in which a closed matter has no place."""


@dataclass(frozen=True)
class Sorting:
    """waits: for whom; station: 1 to 5; state: open or closed; sort: which comes first. Empty: any, newest."""

    waits: str = ""
    station: str = ""
    state: str = ""
    sort: str = ""

    @classmethod
    def read(cls, query: Mapping[str, Any]) -> "Sorting":
        """From what stands in the address; a word that is not known is as if it were not there."""
        known = _known()
        words = {name: query.get(name, "") for name in known}
        words = {name: word if word in known[name] else "" for name, word in words.items()}
        if not words["state"] and (words["sort"] in OF_OPEN_ONES or words["station"] or words["waits"]):
            words["state"] = "open"
        return cls(**words)

    def of(self, matters: Any, actor: Any) -> Any:
        """Those of the matters that are asked for, in the order that is asked for."""
        if self.state:
            matters = matters.filter(closed_at__isnull=self.state == "open")
        if self.waits:
            matters = matters.filter(waits_for__in=OTHERS if self.waits == "others" else [self.waits])
        if self.station:
            matters = matters.filter(step__in=[step for step, number in STATION.items() if str(number) == self.station])
        if self.sort == "waited":
            return matters.longest_first(timezone.localdate())
        if self.sort == "number":
            return matters.order_by("year", "running", "pk")
        return _by_meeting(matters, actor) if self.sort == "meeting" else matters

    @property
    def query(self) -> str:
        """What stands in the address of its other pages, before the number of the page."""
        words = {field.name: getattr(self, field.name) for field in fields(self)}
        written = urlencode({name: word for name, word in words.items() if word})
        return f"{written}&" if written else ""

    def choices(self) -> list[dict[str, Any]]:
        """The selects of the page, as plain values."""
        known = _known()
        return [
            {
                "name": name,
                "label": str(label),
                "options": [
                    {"word": word, "text": str(text), "is_chosen": word == getattr(self, name)}
                    for word, text in {"": first, **known[name]}.items()
                ],
            }
            for name, label, first in (
                ("waits", _("Waits for"), _("anybody")),
                ("station", _("Where we are"), _("anywhere")),
                ("state", _("Open or closed"), _("open and closed")),
                ("sort", _("Comes first"), _("the newest")),
            )
        ]


def _known() -> dict[str, dict[str, str]]:
    """{name: {word: what is read}}"""
    stations = [
        pgettext("station", "Agreeing"),
        pgettext("station", "Time"),
        pgettext("station", "Meeting"),
        pgettext("station", "Plan"),
        pgettext("station", "How it goes"),
    ]
    return {
        "waits": {
            WaitsFor.COORDINATOR.value: _("the coordinator"),
            "others": _("all others"),
            WaitsFor.ORDERER.value: _("the one who ordered"),
            WaitsFor.CONSULTANTS.value: _("the consultants who are asked"),
            WaitsFor.PEOPLE.value: _("those who answer which time suits"),
            WaitsFor.PAIR.value: _("those who lead"),
            WaitsFor.NOBODY.value: _("nobody"),
        },
        "station": dict(zip(STATIONS, stations, strict=True)),
        "state": {"open": _("open matters"), "closed": _("closed matters")},
        "sort": {
            "waited": _("the longest waited"),
            "number": _("the smallest number"),
            "meeting": _("the next meeting"),
        },
    }


def _by_meeting(matters: Any, actor: Any) -> Any:
    """Those with a meeting to come first, the next one on top; of meetings that the actor may see."""
    # Only what the actor may see: otherwise the order of the list would tell an orderer who meets first.
    to_come = Meeting.objects.visible_to(actor).filter(
        matter=OuterRef("pk"), chosen_at__isnull=False, held_at=None, starts_at__gte=timezone.now()
    )
    matters = matters.annotate(meets_at=Subquery(to_come.order_by("starts_at").values("starts_at")[:1]))
    # Said in words: where nothing stands, SQLite puts it first and PostgreSQL last.
    return matters.order_by(F("meets_at").asc(nulls_last=True), "-year", "-running", "pk")
