"""The handbook: its chapters, the books that the field leans on, and where each chapter's facts come from.

The texts stand in the templates, one a chapter. What somebody only remembers to have read is told there as the
way of this service, never as a fact. Titles of sources are printed as they are, in their own language.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Source:
    title: str
    address: str = ""
    language: str = "fi"


@dataclass(frozen=True)
class Book:
    authors: str
    year: int
    title: str
    publisher: str = ""


@dataclass(frozen=True)
class Chapter:
    slug: str
    title: Any
    about: Any
    template: str
    sources: tuple[Source, ...] = field(default_factory=tuple)


QUALITY = Source("Yhdessä työskentelyn tarve, tahto ja taito. Esitys, VIP-verkosto, Raasepori 12.3.2019")
LEADING = Source("Yhteistyö moniammatillisissa verkostoissa. Esitys, TUKEA!, Tampere 7.2.2020")
WHEN = Source("Milloin yhteistoimintaa ja verkostotyötä? Esitys")
NURMIJARVI = Source("Nurmijärven kunta: Ennakointidialogit")
MODEL = Source("Innokylä ja THL: Verkostodialoginen asiakastyö")
REMEMBERING = Source("Innokylä: Tulevaisuuden muistelu", "https://innokyla.fi/fi/tyokalut/tulevaisuuden-muistelu")
PLANNING = Source(
    "Innokylä: Verkostodialoginen suunnittelu- ja kehittämistyö",
    "https://innokyla.fi/fi/toimintamalli/verkostodialoginen-suunnittelu-ja-kehittamistyo/kehittamisen-polku",
)
CONSULTANTS = Source(
    "Verkostokonsulttien käsikirja, kustantajan esittely",
    "https://media.kirjavalitys.fi/onix/description/9789523434943?format=html",
)
NETWORKS = Source("Network dialogues (Dialogues in Rotonda 18)", language="en")
FUTURE = Source(
    "Dialogical Meetings in Social Networks",
    "https://www.taylorfrancis.com/books/9780429473685/chapters/10.4324/9780429473685-5",
    language="en",
)
ROVANIEMI = Source("Rovaniemi: Verkostokonsultit", "https://ekollega.fi/verkostokonsultit")
JARVENPAA = Source(
    "Järvenpää: Verkostoneuvonpito", "https://www.jarvenpaa.fi/--Verkostoneuvonpito--/sivu.tmpl?sivu_id=5932"
)
CONVENERS = Source(
    "Koollekutsujien kokemuksia läheisneuvonpidon suunnitelmien toteutumisesta",
    "https://docplayer.fi/amp/12927207-Koollekutsujien-kokemuksia-laheisneuvonpidon-suunnitelmien-toteutumisesta.html",
)
CONFERENCES = Source(
    "Haringey: How we do family group conferences",
    "https://haringey.gov.uk/children-young-people-families/childrens-social-care/maya-angelou-family-centre/"
    "family-group-conference-service/how-we-do-family-group-conferences",
    language="en",
)
PRINCIPLES = Source("Open Dialogue: principles", "https://opendialogue.org.au/principles/", language="en")
FIVE_YEARS = Source(
    "Five-year experience of first-episode nonaffective psychosis in open-dialogue approach",
    "https://studylib.net/doc/8139377/five-year-experience-of-first-episode-nonaffective",
    language="en",
)
THL_WORRY = Source(
    "THL: Dialoginen huolen puheeksi ottaminen",
    "https://thl.fi/aiheet/lapset-nuoret-ja-perheet/kehittyvat-kaytannot/dialogiset-toimintavat/"
    "dialoginen-huolen-puheeksi-ottaminen",
)
ZONES = Source(
    "Haaste 3/2009: Nurmijärvellä nuoria tuetaan varhaisella avoimella yhteistyöllä",
    "https://www.haaste.om.fi/fi/index/lehtiarkisto/haaste32009/"
    "nurmijarvellanuoriatuetaanvarhaisellaavoimellayhteistyolla.html",
)
DUTY = Source("Lastensuojelulaki 417/2007, 25 §", "https://www.finlex.fi/fi/laki/ajantasa/2007/20070417")

BOOKS = (
    Book("Eriksson, E. & Arnkil, T. E.", 2012, "Huoli puheeksi – Opas varhaisista dialogeista"),
    Book(
        "Kokko, R-L.",
        2006,
        "Tulevaisuuden muistelu. Ennakointidialogit asiakkaiden kokemina",
        "Helsinki: Sosiaali- ja terveysalan tutkimus- ja kehittämiskeskus (Stakes)",
    ),
    Book(
        "Kokko, R-L. & Koskimies, M.",
        2007,
        "Ennakointidialogit moniammatillisena yhteistyömuotona: Dialogisten verkostopalaverien välitön palaute. "
        "Raportteja 17",
        "Helsinki: Sosiaali- ja terveysalan tutkimus- ja kehittämiskeskus (Stakes)",
    ),
    Book(
        "Seikkula, J. & Arnkil, T. E.",
        2011,
        "Dialoginen verkostotyö. 3. painos. Teema",
        "Helsinki: Terveyden ja hyvinvoinnin laitos (THL)",
    ),
)
CHAPTERS = (
    Chapter(
        "preparing",
        _("Preparing well"),
        _("Six questions to think about together before anybody is invited."),
        "regions/handbook/preparing.html",
        (QUALITY,),
    ),
    Chapter(
        "anticipation-dialogue",
        _("Anticipation dialogue"),
        _("Voices and questions: from a good future, one voice at a time."),
        "regions/handbook/anticipation_dialogue.html",
        (MODEL, NURMIJARVI, CONSULTANTS, REMEMBERING, NETWORKS, FUTURE, ROVANIEMI, JARVENPAA),
    ),
    Chapter(
        "network-meeting",
        _("The chaired network meeting"),
        _("When nobody from outside leads: what the chair and the secretary do."),
        "regions/handbook/network_meeting.html",
        (QUALITY, LEADING, WHEN),
    ),
    Chapter(
        "area-theme-planning",
        _("Area, theme and planning meetings"),
        _("When it is about an area, about a difficulty that many share, or about a plan."),
        "regions/handbook/area_theme_planning.html",
        (NURMIJARVI, REMEMBERING, PLANNING),
    ),
    Chapter(
        "family-group-conference",
        _("Family group conference"),
        _("The family and its close people make the plan in their own time."),
        "regions/handbook/family_group_conference.html",
        (CONVENERS, CONFERENCES),
    ),
    Chapter(
        "open-dialogue",
        _("Open dialogue"),
        _("Help that begins at once in a crisis of the mind, together with close people."),
        "regions/handbook/open_dialogue.html",
        (PRINCIPLES, FIVE_YEARS, FUTURE),
    ),
    Chapter(
        "good-situation",
        _("The good-situation council of separating parents"),
        _("What it is for, and where to ask about it."),
        "regions/handbook/good_situation.html",
        (MODEL,),
    ),
    Chapter(
        "consultations",
        _("Consultations"),
        _("Thinking together before a meeting, or instead of one."),
        "regions/handbook/consultations.html",
        (QUALITY, ROVANIEMI),
    ),
    Chapter(
        "taking-up-a-worry",
        _("Taking up a worry"),
        _("One's own worry, told with respect, as a request for help."),
        "regions/handbook/taking_up_a_worry.html",
        (THL_WORRY, MODEL, ZONES, DUTY),
    ),
    Chapter(
        "literature",
        _("Literature and sources"),
        _("Four books, and where the facts of each chapter come from."),
        "regions/handbook/literature.html",
        (MODEL,),
    ),
)


def chapter(slug: str) -> Chapter | None:
    return next((entry for entry in CHAPTERS if entry.slug == slug), None)


def following(current: Chapter) -> Chapter | None:
    """The chapter after that one; None after the last."""
    place = CHAPTERS.index(current) + 1
    return CHAPTERS[place] if place < len(CHAPTERS) else None
