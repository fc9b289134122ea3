"""What anybody may read: a region's page, the guided question, the handbook. No sign-in, and nothing is kept."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

import factories
from doors.bad_inputs.page import changed, content
from kudelma.people.models import Role, Seat
from kudelma.regions.handbook import BOOKS, CHAPTERS
from kudelma.regions.question import CONSULTATION, ENDINGS, ENOUGH, FIRST, MEETING, QUESTIONS
from kudelma.regions.views.public import order_address
from kudelma.trust.models import Entry


@pytest.fixture
def place(db):
    """A region that has a page, and one contact person."""
    region = factories.region("E9", name_fi="Esimerkkilä", name_sv="Exempelby", help_phone="+358400000100")
    factories.seat(region, Role.COORDINATOR)
    factories.contact(region, name="Maija Kallio")
    return region


def pages():
    chapters = [f"/regions/E9/handbook/{chapter.slug}/" for chapter in CHAPTERS]
    places = [f"/regions/E9/question/{number}/" for number in (*QUESTIONS, *ENDINGS)]
    return ["/", "/regions/E9/", "/regions/E9/question/", *places, "/regions/E9/handbook/", *chapters]


def main(client, address):
    answer = client.get(address, secure=True)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.text, "html.parser").main


def text(part):
    return " ".join(part.get_text(" ").split())


# ---------------------------------------------------------------- everybody may, and nothing is kept


@pytest.mark.parametrize("address", pages())
def test_a_page_is_read_without_signing_in_and_leaves_nothing(place, address):
    before, entries, client = content(), Entry.objects.count(), Client()

    answer = client.get(address, secure=True)

    assert answer.status_code == 200
    assert changed(before) == set()
    assert (Entry.objects.count(), Session.objects.count()) == (entries, 0)
    assert [name for name in client.cookies if name != settings.CSRF_COOKIE_NAME] == []


def test_what_leaves_a_trace_would_be_seen(place):
    before = content()

    factories.sit(factories.seat(place, Role.COORDINATOR)).post(
        f"/region/contacts/{place.contacts.get().pk}/removal/", {"version": "1"}, secure=True
    )

    assert changed(before) >= {"default.regions_contactperson"}


@pytest.mark.parametrize("address", pages())
def test_a_page_asks_the_database_at_most_twelve_times(place, address, django_assert_max_num_queries):
    for _number in range(10):
        factories.contact(place, unit=factories.unit(place))

    with django_assert_max_num_queries(12):
        Client().get(address, secure=True)


@pytest.mark.parametrize("address", [one for one in pages() if one != "/"])
def test_a_page_leads_back_and_offers_every_language_and_a_way_out(place, address):
    page = BeautifulSoup(Client().get(address, secure=True).text, "html.parser")

    languages = [button["value"] for button in page.select(".foot .languages button")]
    assert languages == ["fi", "fi-x-selko", "sv", "en"]
    assert page.select_one(".foot [data-close-page]")["href"] == "/closed/"
    assert page.select_one(".masthead a")["href"] == "/"
    back = "/regions/E9/"
    assert address == back or back in [link["href"] for link in page.main.select("a[href]")]


def test_somebody_at_work_is_not_signed_out_by_a_button_meant_for_families(place):
    client = factories.sit(factories.seat(place))

    page = BeautifulSoup(client.get("/regions/E9/", secure=True).text, "html.parser")

    assert page.select("[data-close-page]") == []


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("fi", "Kaikki saman pöydän ääreen"),
        ("fi-x-selko", "Kaikki saman pöydän ääreen"),
        ("sv", "Alla runt samma bord"),
        ("en", "Everybody around the same table"),
    ],
)
def test_the_page_speaks_the_language_that_was_chosen(place, language, heading):
    client = Client()
    client.post("/language/", {"language": language}, secure=True)

    assert main(client, "/regions/E9/").h1.text == heading


def test_easy_finnish_is_said_more_simply(place):
    finnish, easy = Client(), Client()
    easy.post("/language/", {"language": "fi-x-selko"}, secure=True)

    for address in ("/regions/E9/", "/regions/E9/question/", "/regions/E9/handbook/preparing/"):
        assert text(main(finnish, address)) != text(main(easy, address))


# ---------------------------------------------------------------- which regions have a page


def test_the_front_page_leads_to_the_regions_where_somebody_receives(place):
    quiet = factories.region("Q1", name_fi="Hiljaala")

    links = {link["href"]: link.text for link in main(Client(), "/").select(".regions a")}

    assert links == {"/regions/E9/": "Esimerkkilä"}
    assert Client().get(f"/regions/{quiet.code}/", secure=True).status_code == 404


def test_a_region_has_its_page_to_the_last_day_of_its_coordinator(place):
    Seat.objects.filter(region=place, role=Role.COORDINATOR).update(ends_on=timezone.localdate())

    assert Client().get("/regions/E9/", secure=True).status_code == 200


@pytest.mark.parametrize("why", ["ended", "over", "not begun", "no coordinator"])
def test_a_region_without_a_sitting_coordinator_has_no_page(place, why):
    today = timezone.localdate()
    gone = {
        "ended": {"ended_at": timezone.now(), "ended_by": place.pk},
        "over": {"ends_on": today - timedelta(days=1)},
        "not begun": {"starts_on": today + timedelta(days=1)},
        "no coordinator": {"role": Role.STEERING},
    }
    assert Client().get("/regions/E9/", secure=True).status_code == 200

    Seat.objects.filter(region=place, role=Role.COORDINATOR).update(**gone[why])

    assert Client().get("/regions/E9/", secure=True).status_code == 404
    assert main(Client(), "/").select(".regions") == []


def test_a_region_with_two_coordinators_is_listed_once(place):
    factories.seat(place, Role.COORDINATOR)

    assert len(main(Client(), "/").select(".regions a")) == 1


@pytest.mark.parametrize(
    "address", ["/regions/ZZ/", "/regions/E9/question/7/", "/regions/E9/question/0/", "/regions/E9/handbook/nothing/"]
)
def test_what_is_not_there_is_not_found(place, address):
    assert Client().get(address, secure=True).status_code == 404


# ---------------------------------------------------------------- the region's page


def test_the_page_tells_what_one_needs_to_know_before_asking(place):
    page = main(Client(), "/regions/E9/")

    assert [heading.text for heading in page.select("h2")] == [
        "Milloin tästä on apua",
        "Milloin jokin muu on parempi",
        "Näin se yleensä etenee",
        "Ketkä vetävät",
        "Mitä sinulta odotetaan",
        "Mitä kirjoitetaan, ja kuka sen näkee",
        "Kenelle voi soittaa",
        "Työskenteletkö perheiden kanssa?",
    ]
    stations = [item.strong.text for item in page.select(".way-of-time li")]
    assert stations == ["Sovitaan", "Aika", "Tapaaminen", "Suunnitelma", "Miten sujuu"]
    assert "Onko joku nyt vaarassa? Soita 112." in text(page)
    assert "lastensuojeluilmoitus" in text(page)
    assert [link["href"] for link in page.select("#call a[href^='tel:']")] == ["tel:+358401234567"]


def test_the_page_tells_how_soon_one_is_answered_in_this_region(place):
    type(place).objects.filter(pk=place.pk).update(answer_days=5, meeting_minutes=90)

    told = text(main(Client(), "/regions/E9/"))

    assert "Koordinaattori vastaa 5 päivässä." in told
    assert "noin 1,5 tuntia" in told


def test_without_anybody_to_call_the_page_still_tells_whom_to_ask(place):
    place.contacts.all().delete()
    assert "+358 40 0000100" in text(main(Client(), "/regions/E9/").select_one("#call"))

    type(place).objects.filter(pk=place.pk).update(help_phone="")

    assert "Tässä ei ole vielä numeroa." in text(main(Client(), "/regions/E9/").select_one("#call"))


@pytest.mark.parametrize(
    ("role", "shown"), [(None, True), (Role.WORKER, True), (Role.COORDINATOR, False), (Role.STEERING, False)]
)
def test_only_those_who_may_order_by_signing_in_are_asked_to(place, role, shown):
    client = factories.sit(factories.seat(place, role)) if role else Client()

    page = main(client, "/regions/E9/")

    assert bool(page.select(f"a[href='{reverse('orders:begin')}']")) is shown


def test_ordering_without_an_account_is_offered_where_there_is_such_a_page(place, monkeypatch):
    monkeypatch.setattr("kudelma.regions.views.public.reverse", lambda name, args: f"/?{name}={args[0]}")

    assert order_address(place) == "/?orders:wish=E9"
    assert main(Client(), "/regions/E9/").select_one(".answers a")["href"] == "/?orders:wish=E9"
    assert main(Client(), f"/regions/E9/question/{MEETING}/").select_one(".answers a")["href"] == "/?orders:wish=E9"


def test_where_there_is_no_such_page_nothing_leads_there(place, monkeypatch):
    def nowhere(name, args):
        raise NoReverseMatch

    monkeypatch.setattr("kudelma.regions.views.public.reverse", nowhere)

    assert order_address(place) == ""
    assert main(Client(), "/regions/E9/").select_one(".answers a")["href"] == "#call"


# ---------------------------------------------------------------- the guided question


def choices(client, number):
    """{what is chosen: the number where it leads}"""
    links = main(client, f"/regions/E9/question/{number}/").select(".answers a")
    return {link.text: urlsplit(link["href"]).path.split("/")[-2] for link in links}


def test_every_ending_is_reached_by_pressing_and_none_is_a_dead_end(place):
    client, waiting, seen, ways = Client(), [str(FIRST)], set(), []
    while waiting:
        number = waiting.pop()
        if number in seen or int(number) in ENDINGS:
            seen.add(number)
            continue
        seen.add(number)
        ways.append(number)
        waiting += list(choices(client, number).values())

    assert seen == {str(number) for number in (*QUESTIONS, *ENDINGS)}
    assert len(ways) == 3


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        (ENOUGH, "Yksi palvelu voi riittää"),
        (CONSULTATION, "Ajatellaan ensin yhdessä"),
        (MEETING, "Tapaamisesta voi olla apua"),
    ],
)
def test_an_ending_says_what_may_help_and_that_one_may_always_call(place, number, heading):
    page = main(Client(), f"/regions/E9/question/{number}/")

    assert page.h2.text == heading
    assert "Aina voi soittaa" in [one.text for one in page.select("h2")]
    assert "Maija Kallio" in text(page)
    assert "112" in text(page)


@pytest.mark.parametrize("number", QUESTIONS)
def test_danger_is_answered_on_every_question_without_sending_anything(place, number):
    page = main(Client(), f"/regions/E9/question/{number}/")

    assert page.details.summary.text == "Onko joku nyt vaarassa?"
    assert "Soita heti 112" in text(page.details)
    assert "lastensuojeluilmoitus viipymättä" in text(page.details)
    assert page.details.select("a, form, input") == []


def test_the_first_question_is_the_same_with_and_without_its_number(place):
    first, numbered = (main(Client(), f"/regions/E9/question/{end}") for end in ("", f"{FIRST}/"))

    assert text(first) == text(numbered)


def test_the_address_and_the_title_tell_nothing_of_what_was_chosen(place):
    titles = set()
    for number in (*QUESTIONS, *ENDINGS):
        answer = Client().get(f"/regions/E9/question/{number}/", secure=True)
        page = BeautifulSoup(answer.text, "html.parser")
        titles.add(page.title.text)
        assert page.main.select("form, input, textarea, select") == []
        assert [link["href"] for link in page.main.select("a[href]") if "?" in link["href"]] == []

    assert titles == {"Olenko oikeassa paikassa? · Kudelma"}


# ---------------------------------------------------------------- the handbook


def test_the_handbook_lists_its_chapters_in_order_and_each_leads_to_the_next(place):
    client = Client()
    listed = [link["href"] for link in main(client, "/regions/E9/handbook/").select(".chapters a")]
    assert listed == [f"/regions/E9/handbook/{chapter.slug}/" for chapter in CHAPTERS]

    walked = [listed[0]]
    while following := main(client, walked[-1]).select_one("nav a[data-kind=soft]"):
        walked.append(following["href"])

    assert walked == listed


@pytest.mark.parametrize("chapter", CHAPTERS[:-1], ids=lambda chapter: chapter.slug)
def test_a_chapter_names_its_sources(place, chapter):
    page = main(Client(), f"/regions/E9/handbook/{chapter.slug}/")

    assert page.h1.text == chapter.title
    assert [item.text for item in page.select("section.small li")] == [source.title for source in chapter.sources]
    assert len(chapter.sources) > 0


def test_the_six_questions_of_preparing_stand_in_their_order(place):
    page = main(Client(), "/regions/E9/handbook/preparing/")

    assert [heading.text for heading in page.select("h2")][:6] == [
        "1. Miksi olisi hyvä ajatella yhdessä?",
        "2. Mistä on kyse?",
        "3. Keitä olisi hyvä olla mukana?",
        "4. Kuka kutsuu, ja miten?",
        "5. Kuka vetää?",
        "6. Kuka kirjoittaa?",
    ]


def test_the_four_books_are_printed_as_they_are_whatever_is_spoken(place):
    client = Client()
    client.post("/language/", {"language": "sv"}, secure=True)

    page = main(client, "/regions/E9/handbook/literature/")

    listed = page.select_one("ul[lang=fi]")
    told = listed.get_text()
    assert [cite.text for cite in listed.select("cite")] == [book.title for book in BOOKS]
    assert [book.year for book in BOOKS] == [2012, 2006, 2007, 2011]
    assert "Seikkula, J. & Arnkil, T. E. (2011): Dialoginen verkostotyö. 3. painos. Teema." in told


def test_nobody_is_called_a_client_before_their_own_eyes(place):
    """Titles of books apart, which are printed as they are."""
    for address in pages():
        page = main(Client(), address)
        for quoted in page.select("[lang=fi]"):
            quoted.decompose()
        assert "asiaka" not in text(page).casefold(), address
