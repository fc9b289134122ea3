"""The coordinator's desk: hers first, and quietly below what others have, with whom and for how long."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

import factories
from kudelma.desk import coordinators
from kudelma.matters.actions.steps import advance
from kudelma.matters.models import Matter, WaitsFor
from kudelma.meetings.actions import times
from kudelma.members.actions import identity
from kudelma.pairing.actions import offers as pairing
from kudelma.pairing.models import LeadAssignment
from kudelma.people.identity import Identity

WORDS = ["Aino", "Elias", "Saarela", "Ritva", "Aamut", "huolissani"]


def desk(cast):
    return factories.sit(cast.coordinator).get("/today/", secure=True)


def others(cast):
    """[(next step, with whom, how long)] of what others have."""
    return [(one.text, one.detail, one.since) for one in desk(cast).context["groups"]["others"]]


def hers(cast):
    groups = desk(cast).context["groups"]
    return [(one.text, one.verb, one.url) for name in ("long", "new", "now") for one in groups[name]]


def ask_both(cast):
    """The two of the cast, or two others where these have led for the same people before."""
    have_led = LeadAssignment.objects.filter(seat=cast.lead).exists()
    both = [factories.seat(cast.region, "consultant") for _ in range(2)] if have_led else [cast.lead, cast.writer]
    return [
        pairing.offer(cast.fresh(), one.consultant, part=part, by=cast.coordinator, at=cast.at())
        for part, one in zip(("lead", "writer"), both, strict=True)
    ]


def after(days):
    return time_machine.travel(timezone.now() + timedelta(days=days))


def unit(cast):
    return cast.orderer.unit.name


# ---------------------------------------------------------------- others have it


def test_consultants_who_are_asked_stand_there_by_name_until_they_answer(cast):
    cast.to("pairing")
    first, _second = ask_both(cast)
    names = [one.account.name for one in (cast.lead, cast.writer)]

    with after(2):
        assert others(cast) == [
            ("Etsitään vetäjiä", f"{unit(cast)} · Nyt vuorossa: {', '.join(names)}",
             "odottanut 2 päivää")
        ]  # fmt: skip
        pairing.accept_offer(first, by=cast.lead, at=cast.at())
        assert others(cast)[0][1] == f"{unit(cast)} · Nyt vuorossa: {names[1]}"


def test_people_who_have_not_answered_stand_there_by_number_and_never_by_name(cast):
    cast.to("timing")
    assert others(cast) == [("Etsitään aikaa", f"{unit(cast)} · 3 henkilöä ei ole vielä vastannut", "")]

    option = cast.options()[0]
    for member in (cast.mother, cast.professional):
        times.answer(cast.the_meeting(), member, options={option: "well"}, coming="", by=member.seat, at=cast.at())

    assert others(cast) == [("Etsitään aikaa", f"{unit(cast)} · Yksi henkilö ei ole vielä vastannut", "")]


@pytest.mark.parametrize(
    ("step", "text"), [("meeting", "Tapaaminen on käynnissä"), ("planning", "Suunnitelmaa tehdään")]
)
def test_the_two_who_lead_stand_there_by_name(cast, step, text):
    cast.to(step)

    names = ", ".join(one.account.name for one in (cast.lead, cast.writer))
    assert others(cast) == [(text, f"{unit(cast)} · Nyt vuorossa: {names}", "")]


def test_an_orderer_who_has_been_asked_stands_there_by_name_and_has_it_on_their_own_page(cast):
    cast.to("ordered")
    assert cast.matter.number not in factories.sit(cast.orderer).get("/today/", secure=True).text

    advance(cast.matter, "ordered", waits_for=WaitsFor.ORDERER, at=cast.at())

    assert [detail for _text, detail, _since in others(cast)] == [
        f"{unit(cast)} · Nyt vuorossa: {cast.orderer.account.name}"
    ]
    assert cast.matter.number in factories.sit(cast.orderer).get("/today/", secure=True).text
    assert cast.matter.number not in factories.sit(cast.outsider).get("/today/", secure=True).text


@pytest.mark.parametrize("step", ["ordered", "preparing", "inviting", "invited", "following", "closed"])
def test_what_is_with_her_or_with_nobody_is_not_with_others(cast, step):
    cast.to(step)

    assert others(cast) == []


def test_of_what_others_have_the_long_waited_come_first(cast):
    numbers = []
    for step, days_ago in (("timing", 5), ("pairing", 4), ("timing", 9)):
        with after(-days_ago):
            cast.to(step)
            if step == "pairing":
                ask_both(cast)
        numbers.append(cast.matter.number)
    newest, offered, oldest = numbers

    shown = [(one.number, one.is_long) for one in desk(cast).context["groups"]["others"]]

    assert shown == [(oldest, True), (offered, True), (newest, False)]


def test_the_greeting_counts_only_what_waits_for_her(cast):
    cast.to("timing")
    cast.to("ordered")

    shown = desk(cast)

    assert (shown.context["n_waiting"], shown.context["n_others"]) == (1, 1)
    assert "Yksi asia odottaa vastaustasi." in shown.text


def test_each_line_has_its_thread_of_time_and_one_next_step(cast):
    cast.to("timing")
    cast.to("ordered")

    shown = desk(cast)

    assert shown.text.count('class="thread-of-time"') == 2
    verbs = [one.verb for group in shown.context["groups"].values() for one in group]
    assert verbs == ["Lue ja vastaa", "Katso vastaukset"]


def test_no_word_of_a_family_stands_on_the_desk(cast):
    for step in ("timing", "meeting", "preparing"):
        cast.to(step)
    times_wished = Matter.objects.filter(step="timing").count()

    shown = desk(cast).text

    assert times_wished == 1
    assert [word for word in WORDS if word in shown] == []
    assert [word for word in WORDS if word in factories.sit(cast.lead).get("/today/", secure=True).text] != []


def test_many_are_told_by_number_and_stand_behind_a_link(cast, monkeypatch):
    monkeypatch.setattr(coordinators, "MOST", 2)
    monkeypatch.setattr(coordinators, "MOST_OF_OTHERS", 1)
    for step in ("ordered", "ordered", "ordered", "timing", "timing"):
        cast.to(step)

    shown = desk(cast)

    assert (shown.context["n_waiting"], shown.context["n_others"]) == (3, 2)
    assert {name: len(group) for name, group in shown.context["groups"].items()} == {
        "long": 0, "new": 2, "now": 0, "others": 1,
    }  # fmt: skip
    for path, n in (("/matters/?waits=coordinator&sort=waited", 3), ("/matters/?waits=others&sort=waited", 2)):
        assert path.replace("&", "&amp;") in shown.text
        listed = factories.sit(cast.coordinator).get(path, secure=True).context["lines"]
        assert len(listed) == n


def test_the_desk_asks_twelve_questions_at_most_with_everything_on_it(cast, django_assert_max_num_queries):
    for step in ("ordered", "pairing", "preparing", "timing", "inviting", "meeting", "planning"):
        cast.to(step)
    cast.to("pairing")
    ask_both(cast)
    cast.to("timing")
    times.answer(cast.the_meeting(), cast.mother, options={}, coming="call", by=cast.mother.seat, at=cast.at())
    client = factories.sit(cast.coordinator)

    with django_assert_max_num_queries(12):
        client.get("/today/", secure=True)


# ---------------------------------------------------------------- what a person waits for


@pytest.mark.parametrize("coming", ["call", "unsure"])
def test_a_wish_for_a_call_is_told_as_such_and_without_a_name(cast, coming):
    cast.to("timing")
    times.answer(cast.the_meeting(), cast.mother, options={}, coming=coming, by=cast.mother.seat, at=cast.at())

    address = f"/meetings/{cast.meeting.pk}/answers/"
    assert hers(cast) == [("Joku toivoo soittoa", "Soita ja kirjaa", address)]
    assert [word for word in WORDS if word in desk(cast).text] == []
    page = factories.sit(cast.coordinator).get(cast.matter.get_absolute_url(), secure=True)
    assert page.context["step"].title == "Joku toivoo soittoa"


def test_a_wish_for_a_call_that_has_been_answered_is_told_no_more(cast):
    cast.to("timing")
    times.answer(cast.the_meeting(), cast.mother, options={}, coming="call", by=cast.mother.seat, at=cast.at())

    option = cast.options()[0]
    times.answer(
        cast.the_meeting(), cast.mother, options={option: "well"}, coming="", by=cast.coordinator, at=cast.at()
    )

    assert hers(cast) == []
    assert [text for text, _detail, _since in others(cast)] == ["Etsitään aikaa"]


def test_the_two_who_lead_are_not_told_of_it(cast):
    cast.to("timing")
    times.answer(cast.the_meeting(), cast.mother, options={}, coming="call", by=cast.mother.seat, at=cast.at())

    page = factories.sit(cast.lead).get(cast.matter.get_absolute_url(), secure=True)

    assert page.context["step"].title == "Etsitään aikaa"


def test_somebody_who_has_identified_waits_for_her_until_it_is_judged(cast):
    cast.to("invited")
    assert hers(cast) == []
    cast.open()
    stranger = Identity("https://issuer", "1234", "Anna", "Toinen")
    identity.meet(cast.mother, stranger, by=cast.mother.seat, at=cast.at())

    told = hers(cast)
    assert told == [
        ("Joku on tunnistautunut, ja on vahvistettava, kuka hän on", "Katso ihmiset",
         f"/matters/{cast.matter.pk}/people/")
    ]  # fmt: skip

    identity.judge_identity(cast.mother, is_right=False, by=cast.coordinator, at=cast.at())
    assert hers(cast) == []


def test_what_somebody_waits_for_in_another_region_stays_there(cast):
    stranger = factories.Cast(factories.region())
    stranger.to("invited")
    stranger.open()
    identity.meet(
        stranger.mother, Identity("https://issuer", "1", "A", "B"), by=stranger.mother.seat, at=stranger.at()
    )  # fmt: skip

    assert hers(cast) == []
    assert len(hers(stranger)) == 1
