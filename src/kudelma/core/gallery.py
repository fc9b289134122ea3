"""/ui/: every component in every state, in the demo only. Also the page on which contrast and names are tested."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kudelma.core.forms import AddressField, ChangeForm, ChoiceField, DayField, LineField, NewForm, WordsField

CHOICES = [("a", "Käy hyvin"), ("b", "Käy tarvittaessa"), ("c", "En pääse")]

PICTOGRAMS = [
    "home", "school", "friends", "sleep", "morning", "game", "grandparents", "dog", "sun", "cloud", "rain", "heart",
]  # fmt: skip


class SampleForm(NewForm):
    line = LineField(label="Nimi", help_text="Etunimi riittää.", max_length=40)
    words = WordsField(label="Mitä itse toivot?", max_length=200, required=False)
    address = AddressField(label="Sähköposti")
    day = DayField(label="Päivä")
    choice = ChoiceField(label="Sopiiko aika?", choices=CHOICES)


class SampleChangeForm(ChangeForm):
    words = WordsField(label="Mitä teet tästä eteenpäin?", max_length=200)


def gallery(request: HttpRequest) -> HttpResponse:
    both = SampleChangeForm({"words": "Soitan maanantaina.", "version": 1}, auto_id="both_%s")
    both.is_valid()
    both.show_both({"words": "Soitan tiistaina.", "version": 2}, "Joku muu tallensi tämän sillä välin.")
    context: dict[str, Any] = {
        "empty": SampleForm(auto_id="empty_%s"),
        "refused": SampleForm({"line": "x" * 60, "address": "aino", "day": "31.2.2026"}, auto_id="refused_%s"),
        "both": both,
        "stations": range(1, 7),
        "matter": {"number": "2026-0142", "called": "Elias ja Aino", "station": 2, "get_absolute_url": "#main"},
        "warm": [f"warm-{n}" for n in range(6)],
        "cool": [f"cool-{n}" for n in range(6)],
        "links": [{"url": "#main", "text": "Ajat ja vastaukset"}, {"url": "#main", "text": "Kutsut"}],
        "introduction": {
            "written_in": "fi",
            "face": "Sari, Eliaksen opettaja toista vuotta",
            "can_do": "Järjestän koulupäivän alun uudelleen.",
            "needs": "Tiedon siitä, millainen aamu on ollut.",
        },
        "waiting": [
            {
                "number": "2026-0142",
                "called": "",
                "text": "Uusi tilaus",
                "detail": "Kivirannan koulu",
                "station": 1,
                "url": "#main",
                "verb": "Lue ja vastaa",
                "since": "",
                "is_long": False,
            },
            {
                "number": "2026-0121",
                "called": "Elias ja Aino",
                "text": "Seurantapalaverista sovittiin",
                "detail": "Perhekeskus",
                "station": 5,
                "url": "#main",
                "verb": "Ehdota aikoja",
                "since": "odottanut 9 päivää",
                "is_long": True,
            },
        ],
        "pictograms": PICTOGRAMS,
        "sources": [
            {"title": "Innokylä: Tulevaisuuden muistelu", "address": "https://innokyla.fi/", "language": "fi"},
            {"title": "Network dialogues", "address": "", "language": "en"},
        ],
        "drawing": ["120,520 300,300 480,520 120,520", "700,160 700,160", "600,560 800,540 880,600"],
        "now": timezone.now(),
    }
    return render(request, "gallery.html", context)
