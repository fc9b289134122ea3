"""Answers: five of the same size, two taps on an old phone, all in one go at work, told by telephone too."""

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

import factories
from again import main
from kudelma.core.errors import Refused
from kudelma.meetings.actions import asking, postponing, times
from kudelma.meetings.models import Answer, Call, TimeOption
from kudelma.people.actions import links
from kudelma.people.models import PersonalLink
from meetings.asking import answer, answer_all, choose, page, propose, timing_of


@pytest.fixture
def timing(cast):
    return cast.to("timing")


def test_an_answer_takes_the_place_of_the_one_before(timing):
    answer(timing, timing.mother, "well")
    answer(timing, timing.mother, "cannot")

    assert [a.value for a in Answer.objects.filter(member=timing.mother)] == ["cannot"]


def test_a_time_takes_back_a_wish_for_a_call(timing):
    answer(timing, timing.mother, "call")
    answer(timing, timing.mother, "well")

    assert [a.value for a in Answer.objects.filter(member=timing.mother)] == ["well"]


def test_a_time_is_not_settled_while_somebody_wishes_a_call(timing):
    answer(timing, timing.mother, "well")
    assert timing_of(timing).settled(timing.mother, timing.options()[0])

    answer(timing, timing.mother, "unsure")

    assert not timing_of(timing).settled(timing.mother, timing.options()[0])


def test_answers_rest_after_the_choice(timing):
    answer(timing, timing.mother, "well")
    choose(timing)

    with pytest.raises(Refused):
        answer(timing, timing.mother, "cannot")


def test_an_answer_to_another_meeting_is_refused(timing):
    other = factories.Cast(timing.region).to("timing")

    answered = factories.sit(timing.mother.seat, 1).post(
        "/own/time/", {"answer": f"{other.options()[0].pk}:well"}, secure=True
    )

    assert answered.status_code == 422
    assert Answer.objects.count() == 0


# ---------------------------------------------------------------- on an old phone


def own_buttons(shown):
    return [one["value"] for one in BeautifulSoup(shown.text, "html.parser").select('main button[name="answer"]')]


def tap(client, shown, value):
    """Press a button as it stands on the page, without any script; the page that comes then."""
    soup = BeautifulSoup(shown.text, "html.parser")
    (button,) = [one for one in soup.select('main button[name="answer"]') if one["value"].endswith(value)]
    form = button.find_parent("form")
    sent = {field["name"]: field["value"] for field in form.select("input[name]")} | {"answer": button["value"]}
    return client.post(form["action"], sent, secure=True, follow=True)


@pytest.mark.parametrize("n_times", [1, 2])
def test_after_the_code_a_tap_for_each_time_answers_and_two_are_enough(timing, n_times):
    TimeOption.objects.exclude(pk__in=[one.pk for one in timing.options()[:n_times]]).delete()
    client = client_with_a_link(timing)
    shown = client_sends_the_code(timing, client)

    for _time in range(n_times):
        assert len(own_buttons(shown)) == 5
        shown = tap(client, shown, ":well")

    assert [a.value for a in Answer.objects.filter(member=timing.mother)] == ["well"] * n_times
    assert own_buttons(shown) == []
    assert "Kiitos, olet vastannut" in main(shown)
    assert main(shown).count("Käy hyvin") == n_times
    assert "Voit muuttaa vastaustasi siihen asti, kun kutsu lähtee." in main(shown)


def client_with_a_link(cast):
    token = links.make_link(cast.mother.seat, at=timezone.now())
    client = factories.Client()
    client.post("/i/", {"token": token}, secure=True)
    return client


def client_sends_the_code(cast, client):
    link = PersonalLink.objects.filter(seat=cast.mother.seat).latest("made_at")
    digits = links.read_code_aloud(link, by=cast.coordinator, at=timezone.now())
    return client.post("/own/code/", {"code": digits}, secure=True, follow=True)


def test_the_five_answers_are_buttons_of_one_kind(timing):
    soup = BeautifulSoup(page(timing, timing.mother.seat, "/own/", 1).text, "html.parser")
    buttons = soup.select('main button[name="answer"]')

    assert [one.contents[0] for one in buttons] == [
        "Käy hyvin", "Käy tarvittaessa", "En pääse", "Soittakaa minulle", "En ole varma, haluanko tulla",
    ]  # fmt: skip
    assert {(tuple(one["class"]), one["data-kind"]) for one in buttons} == {(("button",), "quiet")}


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("call", "Pyysit meitä soittamaan. Soitamme sinulle."),
        ("unsure", "Kerroit, ettet ole varma, haluatko tulla. Soitamme sinulle, ja sinä päätät."),
    ],
)
def test_who_wishes_a_call_is_told_that_it_comes_and_is_asked_no_more(timing, value, told):
    client = factories.sit(timing.mother.seat, 1)

    shown = tap(client, client.get("/own/", secure=True), value)

    assert told in main(shown)
    assert own_buttons(shown) == []
    assert timing.fresh().waits_for == "coordinator"


def test_an_answer_is_changed_on_the_page_of_all_times(timing):
    answer_all(timing, timing.mother)
    client = factories.sit(timing.mother.seat, 1)
    shown = client.get("/own/time/", secure=True)
    assert len(own_buttons(shown)) == 2 * 3 + 2

    client.post("/own/time/", {"answer": f"{timing.options()[0].pk}:cannot"}, secure=True)

    assert [a.value for a in Answer.objects.order_by("option__starts_at")] == ["cannot", "well"]


def test_somebody_close_is_not_asked_in_the_first_round(cast):
    cast.to("preparing")
    propose(cast, 7, family_first=True)

    shown = {member: page(cast, member.seat, "/own/", 1) for member in (cast.mother, cast.close_one)}

    assert len(own_buttons(shown[cast.mother])) == 5
    assert own_buttons(shown[cast.close_one]) == []
    assert "Sinulta ei kysytä nyt mitään" in main(page(cast, cast.close_one.seat, "/own/time/", 1))


# ---------------------------------------------------------------- at work


def test_a_worker_answers_all_times_on_one_page_in_one_go(timing):
    first, second = timing.options()
    client = factories.sit(timing.invited)
    path = f"/meetings/{timing.meeting.pk}/answer/"
    soup = BeautifulSoup(client.get(path, secure=True).text, "html.parser")
    assert len(soup.select('main input[type="radio"]')) == 2 * 3

    client.post(path, {f"time_{first.pk}": "well", f"time_{second.pk}": "cannot"}, secure=True)

    assert {a.option: a.value for a in Answer.objects.filter(member=timing.professional)} == {
        first: "well",
        second: "cannot",
    }


def test_a_worker_answers_one_by_one_too_and_an_open_one_stays_as_it_was(timing):
    first, second = timing.options()
    client = factories.sit(timing.invited)
    path = f"/meetings/{timing.meeting.pk}/answer/"

    client.post(path, {f"time_{first.pk}": "well"}, secure=True)
    client.post(path, {f"time_{second.pk}": "if_needed"}, secure=True)
    client.post(path, {"answer": f"{second.pk}:cannot"}, secure=True)

    assert {a.option: a.value for a in Answer.objects.filter(member=timing.professional)} == {
        first: "well",
        second: "cannot",
    }


def test_an_empty_answer_of_a_worker_is_said(timing):
    answered = factories.sit(timing.invited).post(f"/meetings/{timing.meeting.pk}/answer/", {"page": "1"}, secure=True)

    assert answered.status_code == 422
    assert "Valitse vastaus ainakin yhteen aikaan." in main(answered)


# ---------------------------------------------------------------- by telephone


def test_a_wish_for_a_call_waits_until_the_call_is_written_down_with_who_and_when(timing):
    answer(timing, timing.mother, "call")
    assert timing_of(timing).wishes_call(timing.mother)
    first = timing.options()[0]

    factories.sit(timing.coordinator).post(
        f"/meetings/{timing.meeting.pk}/answers/{timing.mother.pk}/", {f"time_{first.pk}": "cannot"}, secure=True
    )

    made, said = Call.objects.get(), Answer.objects.get()
    assert (made.by, made.member, said.by, said.value) == (
        timing.coordinator, timing.mother, timing.coordinator, "cannot",
    )  # fmt: skip
    assert not timing_of(timing).wishes_call(timing.mother)
    shown = page(timing, timing.coordinator, f"/meetings/{timing.meeting.pk}/answers/")
    assert f"{timing.coordinator.account.first_name} soitti" in main(shown)


def test_a_call_without_an_answer_yet_is_written_down_and_the_wish_has_been_heard(timing):
    answer(timing, timing.mother, "unsure")
    assert timing.fresh().waits_for == "coordinator"

    factories.sit(timing.coordinator).post(
        f"/meetings/{timing.meeting.pk}/answers/{timing.mother.pk}/call/", secure=True
    )

    assert (Call.objects.count(), timing.fresh().waits_for) == (1, "people")
    assert not timing_of(timing).settled(timing.mother, timing.options()[0])


@pytest.mark.parametrize("again", ["call", "unsure"])
def test_a_second_wish_after_a_call_waits_for_a_call_as_the_first_did(timing, again):
    waits = []

    def look():
        waiting = [found.member for found in Answer.objects.wishing_a_call()]
        waits.append((timing.fresh().waits_for, waiting, timing_of(timing).wishes_call(timing.mother)))

    for value in ("call", again):
        answer(timing, timing.mother, value)
        look()
        times.record_call(timing.the_meeting(), timing.mother, by=timing.coordinator, at=timing.at())
        look()

    assert waits == [("coordinator", [timing.mother], True), ("people", [], False)] * 2


def test_nobody_waits_for_a_call_about_the_time_once_it_is_chosen(timing):
    answer(timing, timing.mother)
    answer(timing, timing.professional, "call")
    assert Answer.objects.wishing_a_call().get().member == timing.professional

    choose(timing)

    assert not Answer.objects.wishing_a_call().exists()


def test_a_time_is_asked_about_until_it_is_withdrawn_or_has_passed(timing):
    first, second = sorted(timing.options(), key=lambda option: option.starts_at)
    asked = TimeOption.objects.filter(meeting=timing.meeting)
    assert set(asked.open(timing.at())) == {first, second}

    times.withdraw_time(second, by=timing.coordinator, at=timing.at())

    assert list(asked.open(timing.at())) == [first]
    assert list(asked.open(first.starts_at)) == []


def test_a_wish_that_was_told_in_a_call_needs_no_other_call(timing):
    at = timing.at()
    times.answer(timing.the_meeting(), timing.mother, options={}, coming="unsure", by=timing.coordinator, at=at)
    times.record_call(timing.the_meeting(), timing.mother, by=timing.coordinator, at=at)

    assert not timing_of(timing).wishes_call(timing.mother)
    assert not Answer.objects.wishing_a_call().exists()


def test_a_call_to_one_is_no_call_to_another(timing):
    for member in (timing.mother, timing.professional):
        answer(timing, member, "call")

    times.record_call(timing.the_meeting(), timing.mother, by=timing.coordinator, at=timing.at())

    assert [wish.member for wish in Answer.objects.wishing_a_call()] == [timing.professional]


def test_what_was_said_about_another_meeting_is_not_counted(timing):
    other = factories.Cast(timing.region).to("timing")
    answer(other, other.mother, "well")
    times.record_call(other.the_meeting(), other.mother, by=other.coordinator, at=other.at())
    asking.remind(other.the_meeting(), [other.professional], by=other.coordinator, at=other.at())
    assert all([timing_of(other).answers, timing_of(other).calls, timing_of(other).reminders])
    timing.open()

    poll = timing_of(timing)

    assert (poll.answers, poll.calls, poll.reminders) == ({}, {}, {})
    assert {option.meeting_id for option in poll.options} == {timing.meeting.pk}


def test_a_wish_to_be_called_that_is_written_down_is_no_call_yet(timing):
    answer(timing, timing.mother, "call", by=timing.coordinator)

    assert (Call.objects.count(), timing.fresh().waits_for) == (0, "coordinator")
    assert timing_of(timing).wishes_call(timing.mother)


def test_an_own_answer_is_no_call(timing):
    answer(timing, timing.mother, "well")

    assert Call.objects.count() == 0


def test_a_call_is_not_written_down_after_the_choice(timing):
    answer(timing, timing.mother, "well")
    choose(timing)

    with pytest.raises(Refused):
        times.record_call(timing.the_meeting(), timing.mother, by=timing.coordinator, at=timing.at())


@pytest.mark.parametrize("value", ["call", "unsure"])
def test_nothing_is_answered_in_a_matter_that_was_stopped_and_closed(timing, value):
    """The worker sees the matter still; the question in it is over."""
    client, path = factories.sit(timing.invited), f"/meetings/{timing.meeting.pk}/answer/"
    postponing.stop(
        timing.fresh(), seen="timing", leaving=[], closes=True, by=timing.coordinator, at=timing.at()
    )  # fmt: skip

    answered = client.post(path, {"answer": value}, secure=True)

    assert (answered.status_code, Answer.objects.filter(member=timing.professional).count()) == (409, 0)
    assert "Asia on päättynyt. Sitä voi lukea, ei muuttaa." in answered.text
