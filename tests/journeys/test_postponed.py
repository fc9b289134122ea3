"""A time that everybody was invited to does not hold: entries and pages tell the new one, and nobody the old one."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import vobject
from django.utils import timezone, translation
from icalendar import Calendar

from journeys import crawl
from journeys.server import link_in
from journeys.stage import MINUTES, Stage
from kudelma.core.times import aware, day, span
from meetings.caldav import calendar_server, get, new_calendar, put

pytestmark = pytest.mark.browser

MOTHER = "aino@example.org"
WHY = "Vetäjä on sairaana."
UNANSWERED = 'button[name="answer"][value$=":well"]:not([aria-pressed])'
WORKERS = {"coordinator", "lead", "writer", "invited"}


@pytest.fixture
def invited(stage):
    """Everybody is invited, and the mother wishes the time for her own calendar."""
    one = stage('cast.to("invited")')
    mother = one.hands["mother"] = one.let_in("mother")
    one.hands["close_one"] = one.let_in("close_one")
    mother.go("/own/calendar/")
    mother.tick("wants")
    one.mailed(MOTHER, mother.submit)
    assert set(telling(one, one.starts_at)) == WORKERS | {"mother", "close_one"}
    return one


def new_time() -> datetime:
    on: date = timezone.localdate() + timedelta(days=15)
    return aware(on, time(13, 15))


def in_words(start: datetime) -> list[str]:
    """The day and the hours, as Finnish pages tell them."""
    with translation.override("fi"):
        return [day(start), span(start, MINUTES)]


def telling(stage: Stage, start: datetime) -> dict[str, set[str]]:
    """{who: the pages} that tell of a meeting at that time."""
    found: dict[str, set[str]] = {}
    for key in [*sorted(WORKERS), "mother", "close_one"]:
        hand = stage.hand(key)
        starts = ["/own/"] if key in stage.members else ["/today/", f"/matters/{stage.matter}/"]
        for path, page in crawl.read(hand.page, hand.base, starts, most=1):
            text = page.main.get_text(" ").lower()
            if all(words.lower() in text for words in in_words(start)):
                found.setdefault(key, set()).add(crawl.name_of(path))
    return found


def entries(stage: Stage, address: str) -> list[bytes]:
    """The calendar entries in the mails to that address, the oldest first."""
    return [
        part.get_payload(decode=True)
        for mail in stage.server.post.mails
        if str(mail["To"]) == address
        for part in mail.walk()
        if part.get_content_type() == "text/calendar"
    ]


def read(made: bytes) -> tuple[str, str, int, str, datetime]:
    """The same by two libraries: method, id, number, status, beginning."""
    calendar, other = vobject.readOne(made.decode()), Calendar.from_ical(made)
    one, event = calendar.vevent, other.walk("VEVENT")[0]
    told = (calendar.method.value, one.uid.value, int(one.sequence.value), one.status.value)
    assert told == (str(other["METHOD"]), str(event["UID"]), event["SEQUENCE"], str(event["STATUS"]))
    start: datetime = one.dtstart.value.astimezone(UTC)
    assert start == event["DTSTART"].dt.astimezone(UTC)
    return (*told, start)


@pytest.fixture(scope="module")
def calendars(tmp_path_factory):
    with calendar_server(tmp_path_factory.mktemp("calendars")) as address:
        yield address


def kept(made: list[bytes], calendars: str) -> tuple[list[int], str, datetime]:
    """What a real calendar server answers to each entry, and what stands there in the end."""
    calendar = new_calendar(calendars)
    stored = [put(calendar, one) for one in made]
    (where,) = {where for _, where in stored}
    event = vobject.readOne(get(where)).vevent
    return [status for status, _ in stored], event.status.value, event.dtstart.value.astimezone(UTC)


def postpone(stage: Stage, what: str, **typed: str) -> None:
    hand = stage.hand("coordinator")
    hand.go(f"/meetings/{stage.meeting}/invitations/")
    hand.press('a[href$="/postponement/"]')
    stage.look(hand)
    hand.choose("what", what)
    for name, text in typed.items():
        hand.fill(name, text)
    if what == "new":
        hand.tick("agreed")
    hand.fill("why", WHY)
    hand.submit()
    assert WHY in hand.text
    stage.look(hand)


def tells_why(stage: Stage) -> list[str]:
    """The addresses to which a mail told why."""
    return [str(mail["To"]) for mail in stage.server.post.mails if WHY in mail.as_string()]


def to_the_second(start: datetime) -> datetime:
    return start.astimezone(UTC).replace(microsecond=0)


def test_a_time_that_is_moved_is_told_everywhere_and_the_old_one_nowhere(invited, calendars):
    worker, start = invited.addresses["invited"], new_time()
    was_at = invited.starts_at

    moved = invited.mailed(
        worker, lambda: postpone(invited, "new", day=start.date().isoformat(), clock=f"{start:%H:%M}")
    )
    invited.server.post.wait(MOTHER, containing=in_words(start)[1])

    assert in_words(start)[1] in moved.get_body(("plain",)).get_content()
    assert telling(invited, was_at) == {}
    told = telling(invited, start)
    assert set(told) == WORKERS | {"mother", "close_one"}
    assert {"desk:matter"} <= told["invited"]
    assert {"desk:own"} <= told["mother"]
    (first, second) = (read(one) for one in entries(invited, worker))
    assert (first[1], first[3], first[4]) == (second[1], "CONFIRMED", to_the_second(was_at))
    assert (second[0], second[2] > first[2], second[4]) == ("REQUEST", True, to_the_second(start))
    assert kept(entries(invited, worker), calendars) == ([201, 204], "CONFIRMED", to_the_second(start))
    own = invited.hands["mother"].page.request.get(f"{invited.server.url}/own/calendar/file/").body()
    assert read(own)[0::4] == ("PUBLISH", to_the_second(start))
    assert read(entries(invited, MOTHER)[-1])[0::4] == ("PUBLISH", to_the_second(start))
    assert tells_why(invited) == []


def test_a_time_that_is_asked_anew_is_taken_out_of_calendars_until_there_is_another(invited, calendars):
    worker, start, mother = invited.addresses["invited"], new_time(), invited.hands["mother"]

    invited.mailed(worker, lambda: postpone(invited, "ask"))

    assert telling(invited, invited.starts_at) == {}
    mother.go("/own/")
    assert "ei enää pidä" in mother.text
    invited.look(mother)
    assert invited.status(mother, "/own/calendar/file/") == 404
    assert kept(entries(invited, worker), calendars)[:2] == ([201, 204], "CANCELLED")

    asked = invited.mailed(MOTHER, lambda: invited.ask_times(start))
    mother.go(link_in(asked))
    mother.go("/own/")
    while mother.page.locator(UNANSWERED).count():
        mother.press(UNANSWERED)
    hand = invited.hand("invited")
    hand.go("/today/")
    hand.press(f'a[href="/meetings/{invited.meeting}/answer/"]')
    hand.choose(hand.page.locator('main input[type="radio"]').first.get_attribute("name"), "well")
    hand.submit()
    invited.mailed(worker, invited.choose_and_invite)

    assert telling(invited, invited.starts_at) == {}
    assert set(telling(invited, start)) == WORKERS | {"mother", "close_one"}
    numbers = [read(one)[2] for one in entries(invited, worker)]
    assert numbers == sorted(set(numbers))
    assert kept(entries(invited, worker), calendars) == ([201, 204, 204], "CONFIRMED", to_the_second(start))
    assert tells_why(invited) == []
