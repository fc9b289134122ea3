"""A task ends, somebody else comes in their place without the matter going back, and the people are told who."""

import pytest
from django.utils import timezone

import factories
from kudelma.board.models import Board, Line
from kudelma.core.errors import Refused
from kudelma.desk.coordinators import to_remember
from kudelma.matters.models import Matter
from kudelma.pairing.actions import offers as pairing
from kudelma.pairing.models import LeadAssignment, LeadChangeNotice
from kudelma.people.models import Account, Message
from kudelma.trust.models import Entry

AFTER_THE_PAIR = ["preparing", "timing", "inviting", "invited", "meeting"]


def of(cast, seat):
    return LeadAssignment.objects.select_related("matter__region", "seat").get(matter=cast.matter, seat=seat)


def end(cast, seat, by=None):
    pairing.end_pairing(of(cast, seat), by=by or cast.coordinator, at=cast.at())


def replace(cast, part="lead"):
    """The third consultant is asked for the part, and accepts."""
    one = cast.other_consultant
    offer = pairing.offer(cast.fresh(), one.consultant, part=part, by=cast.coordinator, at=cast.at())
    pairing.accept_offer(offer, by=one, at=cast.at())
    return one


def call(seat, name):
    """Give somebody who works here a name of their own, to be looked for on pages."""
    account = Account.objects.get(pk=seat.account_id)
    account.name = name
    account.save(update_fields=["name"])


def state(cast):
    matter = cast.fresh()
    return matter.step, matter.waits_for, matter.due_on


def kinds_to(seat):
    return list(Message.objects.filter(seat=seat).order_by("made_at").values_list("kind", flat=True))


# ---------------------------------------------------------------- ending


@pytest.mark.parametrize("who", ["coordinator", "lead"])
def test_whoever_has_ended_sees_nothing_at_once(cast, who):
    cast.to("meeting")
    cast.say(cast.mother, "Aamut sujuvat.")
    seen = [Matter.objects, Board.objects, Line.objects]
    assert [found.visible_to(cast.lead).count() for found in seen] == [1, 1, 1]
    client = factories.sit(cast.lead)
    board = f"/meetings/{cast.meeting.pk}/board/"
    assert client.get(board, secure=True).status_code == 200

    end(cast, cast.lead, by=getattr(cast, who))

    assert [found.visible_to(cast.lead).count() for found in seen] == [0, 0, 0]
    assert client.get(board, secure=True).status_code == 404
    ended = of(cast, cast.lead)
    assert (ended.ended_by, ended.ended_at is not None) == (getattr(cast, who), True)
    assert list(Entry.objects.filter(door="pairing.end").values_list("seat", flat=True)) == [getattr(cast, who).pk]


def test_the_other_one_of_the_pair_still_leads(cast):
    cast.to("meeting")

    end(cast, cast.lead)

    assert list(Matter.objects.visible_to(cast.writer)) == [cast.matter]


def test_what_has_ended_does_not_end_twice(cast):
    cast.to("preparing")
    end(cast, cast.lead)

    with pytest.raises(Refused):
        end(cast, cast.lead)


def test_the_coordinator_takes_an_unanswered_question_back_and_may_ask_anew(cast):
    cast.to("pairing")
    offer = pairing.offer(cast.fresh(), cast.lead.consultant, part="lead", by=cast.coordinator, at=cast.at())
    client = factories.sit(cast.coordinator)

    client.post(f"/pairings/{offer.pk}/ending/", secure=True)

    assert factories.sit(cast.lead).get(f"/offers/{offer.pk}/", secure=True).status_code == 404
    with pytest.raises(Refused):
        pairing.accept_offer(offer, by=cast.lead, at=cast.at())
    assert cast.lead in {one.seat for one in pairing.outside(cast.fresh(), at=cast.at())}


def test_whoever_has_withdrawn_or_ended_is_not_asked_again(cast):
    cast.to("preparing")
    end(cast, cast.lead)

    assert [one.seat for one in pairing.outside(cast.fresh(), at=cast.at())] == [cast.other_consultant]


def test_the_one_asked_withdraws_and_does_not_end(cast):
    cast.to("pairing")
    offer = pairing.offer(cast.fresh(), cast.lead.consultant, part="lead", by=cast.coordinator, at=cast.at())

    assert factories.sit(cast.lead).post(f"/pairings/{offer.pk}/ending/", secure=True).status_code == 403
    assert LeadAssignment.objects.standing().count() == 1


def test_a_consultant_ends_their_own_task_without_telling_why_and_the_coordinator_hears_of_it(cast):
    cast.to("preparing")
    client = factories.sit(cast.lead)
    page = client.get(f"/pairings/{of(cast, cast.lead).pk}/ending/", secure=True)
    assert "Syytä ei tarvitse kertoa." in page.text
    Message.objects.all().delete()

    answer = client.post(f"/pairings/{of(cast, cast.lead).pk}/ending/", secure=True)

    assert answer.headers["Location"] == "/today/"
    assert kinds_to(cast.coordinator) == ["waits"]


def test_before_both_have_accepted_an_end_gives_the_matter_back_to_the_coordinator(cast):
    cast.to("pairing")
    for part, one in (("lead", cast.lead), ("writer", cast.writer)):
        offer = pairing.offer(cast.fresh(), one.consultant, part=part, by=cast.coordinator, at=cast.at())
        if part == "lead":
            pairing.accept_offer(offer, by=one, at=cast.at())
    assert state(cast)[:2] == ("pairing", "consultants")

    end(cast, cast.lead)

    assert state(cast)[:2] == ("pairing", "coordinator")


# ---------------------------------------------------------------- somebody else


@pytest.mark.parametrize("step", AFTER_THE_PAIR)
def test_somebody_else_comes_without_the_matter_going_back(cast, step):
    cast.to(step)
    before = state(cast)

    end(cast, cast.lead)
    assert state(cast) == before
    other = replace(cast)

    assert state(cast) == before
    assert before[0] == step
    assert list(Matter.objects.visible_to(other)) == [cast.matter]


def test_on_the_morning_of_the_meeting_the_new_one_begins_it(cast):
    cast.to("invited")
    end(cast, cast.lead)
    other = replace(cast)

    answer = factories.sit(other).post(f"/meetings/{cast.meeting.pk}/beginning/", {"here": cast.mother.pk}, secure=True)

    assert answer.headers["Location"] == f"/meetings/{cast.meeting.pk}/board/"
    assert cast.fresh().step == "meeting"


@pytest.mark.complaint(30)
def test_the_new_one_is_invited_to_a_meeting_to_which_everybody_is(cast):
    cast.to("invited")
    end(cast, cast.lead)

    other = replace(cast)

    assert kinds_to(other) == ["waits", "invitation"]
    assert list(Message.objects.filter(seat=other, kind="invitation").values_list("about", flat=True)) == [
        cast.meeting.pk
    ]


@pytest.mark.parametrize("step", ["preparing", "timing", "inviting"])
def test_before_anybody_is_invited_the_new_one_is_not_either(cast, step):
    cast.to(step)
    end(cast, cast.lead)

    assert kinds_to(replace(cast)) == ["waits"]


@pytest.mark.complaint(30)
def test_whoever_is_ended_hears_that_they_need_not_come_when_they_have_been_told_to(cast):
    cast.to("invited")
    Message.objects.filter(kind="invitation").update(way="mail", sent_at=timezone.now())
    before = set(kinds_to(cast.lead))

    end(cast, cast.lead)

    assert set(kinds_to(cast.lead)) - before == {"uninvited"}
    assert "uninvited" not in kinds_to(cast.writer)


def test_whoever_is_ended_before_the_invitations_hears_of_no_meeting(cast):
    cast.to("inviting")
    Message.objects.all().delete()

    end(cast, cast.lead)

    assert kinds_to(cast.lead) == []


def test_nobody_is_asked_for_a_meeting_that_has_been_held(cast):
    cast.to("following")
    end(cast, cast.lead)

    with pytest.raises(Refused):
        replace(cast)


# ---------------------------------------------------------------- telling the people


@pytest.mark.complaint(30)
def test_after_a_change_the_people_are_to_be_told_and_the_coordinators_page_remembers(cast):
    """Who leads was promised to them."""
    call(cast.lead, "Heli Rautala")
    call(cast.other_consultant, "Ilona Meri")
    cast.to("invited")
    end(cast, cast.lead)
    replace(cast)
    client = factories.sit(cast.coordinator)
    sentence = "Ilona vetää keskustelun, ei enää Heli."
    assert sentence in client.get(f"/matters/{cast.matter.pk}/", secure=True).text
    change = LeadChangeNotice.objects.get()

    answer = client.post(f"/changes/{change.pk}/telling/", secure=True)

    assert answer.headers["Location"] == f"/matters/{cast.matter.pk}/"
    told = LeadChangeNotice.objects.get()
    assert (told.told_by, told.told_at is not None) == (cast.coordinator, True)
    assert sentence not in client.get(f"/matters/{cast.matter.pk}/", secure=True).text
    assert client.post(f"/changes/{change.pk}/telling/", secure=True).status_code == 409


def test_of_a_matter_that_was_closed_meanwhile_nothing_is_told(cast):
    cast.to("meeting")
    end(cast, cast.lead)
    replace(cast)
    change = LeadChangeNotice.objects.open().get()
    for further in (cast.plan, cast.end, cast.close):
        further()

    with pytest.raises(Refused):
        pairing.tell_people(change, by=cast.coordinator, at=cast.at())

    assert LeadChangeNotice.objects.get().told_at is None


def test_nobody_but_the_coordinator_is_shown_the_change_to_tell(cast):
    cast.to("invited")
    end(cast, cast.lead)
    replace(cast)

    pages = [
        factories.sit(seat).get(f"/matters/{cast.matter.pk}/", secure=True)
        for seat in (cast.coordinator, cast.writer, cast.invited)
    ]

    assert [page.status_code for page in pages] == [200] * 3
    assert ["Kerro ihmisille, kuka vetää" in page.text for page in pages] == [True, False, False]


def test_while_the_two_are_looked_for_nobody_has_been_promised(cast):
    cast.to("pairing")
    offer = pairing.offer(cast.fresh(), cast.lead.consultant, part="lead", by=cast.coordinator, at=cast.at())
    pairing.accept_offer(offer, by=cast.lead, at=cast.at())
    end(cast, cast.lead)

    replace(cast)

    assert LeadChangeNotice.objects.count() == 0


def test_a_second_change_is_told_against_the_one_whom_the_people_still_expect(cast):
    cast.to("invited")
    end(cast, cast.lead)
    second = replace(cast)
    end(cast, second)
    assert list(LeadChangeNotice.objects.open()) == []
    third = factories.seat(cast.region, "consultant")
    cast.other_consultant = third

    replace(cast)

    told = LeadChangeNotice.objects.open().get()
    assert (told.pairing.seat, told.instead_of.seat) == (third, cast.lead)
    assert LeadChangeNotice.objects.count() == 1


def test_a_participant_sees_who_leads_now(cast):
    call(cast.lead, "Heli Rautala")
    call(cast.other_consultant, "Ilona Meri")
    cast.to("invited")
    client = factories.sit(cast.mother.seat, 2)
    assert "Heli vetää keskustelun" in client.get("/own/", secure=True).text

    end(cast, cast.lead)
    replace(cast)

    page = client.get("/own/", secure=True).text
    assert "Ilona vetää keskustelun" in page
    assert "Heli" not in page
    assert "Ilona" not in factories.sit(cast.mother.seat, 1).get("/own/", secure=True).text


# ---------------------------------------------------------------- the desk


def remembered(cast):
    return [(matter, item.text) for matter, item in to_remember(cast.coordinator)]


@pytest.mark.parametrize("step", AFTER_THE_PAIR)
def test_the_desk_remembers_a_part_that_nobody_has_and_people_who_are_not_told(cast, step):
    cast.to(step)
    assert remembered(cast) == []

    end(cast, cast.lead)
    missing = remembered(cast)
    replace(cast)
    untold = remembered(cast)
    pairing.tell_people(LeadChangeNotice.objects.open().get(), by=cast.coordinator, at=cast.at())

    assert missing == [(cast.matter, "Yksi vetäjistä ei pääse")]
    assert untold == [(cast.matter, "Vetäjä on vaihtunut: kerro ihmisille")]
    assert remembered(cast) == []


def test_the_desk_shows_it_to_the_coordinator_of_this_region_only(cast):
    cast.to("invited")
    end(cast, cast.lead)
    stranger = factories.seat(factories.region(), "coordinator")

    assert f"/matters/{cast.matter.pk}/pair/" in factories.sit(cast.coordinator).get("/today/", secure=True).text
    assert to_remember(stranger) == []


def test_the_desk_stays_within_its_queries(cast, django_assert_max_num_queries):
    cast.to("invited")
    end(cast, cast.lead)
    replace(cast)
    client, mother = factories.sit(cast.coordinator), factories.sit(cast.mother.seat, 2)

    with django_assert_max_num_queries(12):
        client.get("/today/", secure=True)
    with django_assert_max_num_queries(12):
        client.get(f"/matters/{cast.matter.pk}/", secure=True)
    with django_assert_max_num_queries(12):
        mother.get("/own/", secure=True)


def test_an_unanswered_question_is_gone_once_people_have_met(cast):
    """Whoever says yes after the meeting would read all that was said there, and lead nothing."""
    cast.to("invited")
    end(cast, cast.writer)
    one = cast.other_consultant
    offer = pairing.offer(cast.fresh(), one.consultant, part="writer", by=cast.coordinator, at=cast.at())
    client = factories.sit(one)
    assert client.get(f"/offers/{offer.pk}/", secure=True).status_code == 200
    cast.meet()
    cast.end()

    assert client.get(f"/offers/{offer.pk}/", secure=True).status_code == 404
    with pytest.raises(Refused):
        pairing.accept_offer(offer, by=one, at=cast.at())

    assert Matter.objects.visible_to(one).count() == 0
