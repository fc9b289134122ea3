"""A chaired meeting: chair and secretary are proposed in preparation, answer themselves, and lead in any role."""

from functools import partial
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import resolve

import factories
from kudelma.board import actions as boards
from kudelma.board.models import Board, Line
from kudelma.core.errors import Refused
from kudelma.core.rules import may
from kudelma.desk.coordinators import to_remember
from kudelma.matters.models import Matter
from kudelma.matters.page import Shown, next_step
from kudelma.meetings.models import Answer, Meeting
from kudelma.members.actions import people
from kudelma.members.inputs.people import PersonSaid
from kudelma.members.models import Member
from kudelma.orders.models import Order
from kudelma.pairing.actions import chairing
from kudelma.pairing.actions import offers as pairing
from kudelma.pairing.models import LeadAssignment, LeadChangeNotice, Undertaking
from kudelma.people.models import Message
from kudelma.plans.models import Plan, PlanRow


@pytest.fixture
def chaired(region):
    return factories.Chaired(region)


@pytest.fixture
def accepted(chaired):
    """The order is accepted, the people are known, nobody has been asked."""
    chaired.to("pairing")
    for name, seat in (("Tiina", chaired.lead), ("Olli", chaired.writer)):
        chaired.add("professional", name, "", seat=seat)
    return chaired


def propose(cast, seat, part="chair", by=None):
    return chairing.propose(cast.fresh(), seat, part=part, by=by or cast.coordinator, at=cast.at())


@pytest.mark.parametrize("who", ["professional", "mother"])
def test_whoever_chairs_stays_along_until_that_task_is_ended(region, who):
    cast = factories.Chaired(region).to("preparing")
    member = Member.objects.select_related("matter__method", "seat").get(pk=getattr(cast, who).pk)
    withdraw = partial(people.withdraw_permission, member, by=cast.coordinator, at=cast.at())

    if who == "professional":
        with pytest.raises(Refused, match="puheenjohtaja"):
            withdraw()
        pairing.end_pairing(LeadAssignment.objects.get(seat=cast.lead), by=cast.coordinator, at=cast.at())
    withdraw()

    assert not Member.objects.filter(pk=member.pk).with_permission().exists()


# ---------------------------------------------------------------- the way


def test_an_accepted_chaired_matter_is_prepared_at_once(accepted):
    assert (accepted.fresh().step, accepted.fresh().waits_for) == ("preparing", "coordinator")


def test_a_chaired_meeting_goes_from_acceptance_to_closed_by_the_pages_of_those_who_chair(region):
    cast = factories.Chaired(region).to("invited")
    chair, secretary = factories.sit(cast.lead), factories.sit(cast.writer)
    at = f"/meetings/{cast.meeting.pk}"

    begun = chair.post(
        f"{at}/beginning/", {"here": [str(one.pk) for one in (cast.mother, cast.child, cast.professional)]}, secure=True
    )
    assert begun.headers["Location"] == f"{at}/board/"
    board = Board.objects.get(meeting=cast.meeting)
    voice = board.voices.get(member=cast.mother)
    question = chair.get(f"{at}/board/", secure=True).context["weave"].questions[0]
    chair.post(f"{at}/turn/", {"turn": f"{voice.pk}:{question.pk}", "idempotency_key": uuid4()}, secure=True)
    said = {"text": "Aamut ovat raskaita.", "cell": f"{voice.pk}:{question.pk}", "idempotency_key": uuid4()}
    secretary.post(f"{at}/lines/", said, secure=True)
    line = Line.objects.get()
    secretary.post(f"/lines/{line.pk}/nod/", secure=True)
    plan = secretary.post(f"{at}/plan/", secure=True).headers["Location"]
    secretary.post(f"{plan}rows/{cast.mother.pk}/", {"what": "Soitan kouluun.", "version": 0}, secure=True)
    seen = chair.get(f"{at}/ending/", secure=True).context["seen"]
    chair.post(f"{at}/ending/", {"seen": seen}, secure=True)
    factories.sit(cast.coordinator).post(f"/matters/{cast.matter.pk}/closing/", secure=True)

    cast.open()
    assert Line.objects.values_list("nodded", "by").get() == (True, cast.writer.pk)
    assert [row.what for row in PlanRow.objects.all()] == ["Soitan kouluun."]
    assert cast.fresh().step == "closed"


def test_in_a_closed_matter_nobody_is_proposed_any_more(region):
    cast = factories.Chaired(region)

    may_propose = {
        step: may(cast.coordinator, "pairing.propose_chair", cast.to(step).fresh()) for step in ("invited", "closed")
    }

    assert may_propose == {"invited": True, "closed": False}


def test_the_page_that_begins_the_meeting_says_who_chairs_to_be_agreed_aloud(region):
    cast = factories.Chaired(region).to("invited")

    page = factories.sit(cast.lead).get(f"/meetings/{cast.meeting.pk}/beginning/", secure=True).text

    assert "Sanokaa tämä ensin ääneen" in page
    assert f"{cast.lead.account.first_name} on puheenjohtaja" in page
    pair = factories.Cast(region).to("invited")
    page = factories.sit(pair.lead).get(f"/meetings/{pair.meeting.pk}/beginning/", secure=True).text
    assert "Sanokaa tämä ensin ääneen" not in page


def test_a_chair_who_is_along_gets_one_invitation(region):
    cast = factories.Chaired(region).to("invited")

    sent = Message.objects.filter(kind="invitation", seat__in=[cast.lead, cast.writer])

    assert sorted(sent.values_list("seat", flat=True)) == sorted([cast.lead.pk, cast.writer.pk])


# ---------------------------------------------------------------- proposing


def test_a_professional_of_the_matter_is_asked_and_answers_in_lighter_words(accepted):
    offer = propose(accepted, accepted.lead)
    client = factories.sit(accepted.lead)
    assert "Sinua pyydetään puheenjohtajaksi" in client.get("/today/", secure=True).text

    page = BeautifulSoup(client.get(f"/offers/{offer.pk}/", secure=True).text, "html.parser").main.get_text(" ")
    client.post(f"/offers/{offer.pk}/", {"answer": "accept"}, secure=True)

    assert "Olisitko tämän kokouksen puheenjohtaja?" in page
    assert "Huolehdin siitä, että jokainen tulee kuulluksi." in page
    assert "en tunne perhettä" not in page
    assert Undertaking.objects.get().wording == pairing.CHAIR_WORDING
    assert accepted.fresh().step == "preparing"


def test_a_coordinator_or_a_consultant_from_outside_may_chair(accepted):
    propose(accepted, accepted.coordinator)
    consultant = accepted.other_consultant.consultant
    pairing.offer(accepted.fresh(), consultant, part="secretary", by=accepted.coordinator, at=accepted.at())

    asked = LeadAssignment.objects.standing().values_list("part", "seat")

    assert sorted(asked) == [("chair", accepted.coordinator.pk), ("secretary", accepted.other_consultant.pk)]


def test_nobody_is_asked_whom_the_people_do_not_want_along(accepted):
    people.add_member(
        accepted.fresh(), idempotency_key=uuid4(), side="professional", seat=accepted.outsider,
        values=PersonSaid("Heta"),
        by=accepted.coordinator, at=accepted.at(),
    )  # fmt: skip
    for seat in (accepted.outsider, accepted.orderer, accepted.other_consultant):
        with pytest.raises(Refused):
            propose(accepted, seat)

    assert LeadAssignment.objects.count() == 0
    people.permit(Member.objects.get(seat=accepted.outsider), how="face", by=accepted.coordinator, at=accepted.at())
    propose(accepted, accepted.outsider)


def test_one_person_takes_one_part_and_a_part_is_for_one(accepted):
    propose(accepted, accepted.lead)

    for seat, part in ((accepted.lead, "secretary"), (accepted.writer, "chair")):
        with pytest.raises(Refused):
            propose(accepted, seat, part)

    assert LeadAssignment.objects.count() == 1


def test_a_part_of_another_method_is_refused(accepted, region):
    with pytest.raises(Refused):
        propose(accepted, accepted.lead, "lead")
    pair = factories.Cast(region).to("pairing")
    with pytest.raises(Refused):
        pairing.offer(pair.fresh(), pair.lead.consultant, part="chair", by=pair.coordinator, at=pair.at())

    assert LeadAssignment.objects.count() == 0


def test_whoever_prepares_proposes_on_a_page_and_only_the_coordinator_goes_to_the_bank(accepted):
    pairing.accept_offer(propose(accepted, accepted.lead), by=accepted.lead, at=accepted.at())
    page = f"/matters/{accepted.matter.pk}/chair/"
    bank = f"/matters/{accepted.matter.pk}/pair/"

    shown = factories.sit(accepted.lead).get(page, secure=True)
    answer = factories.sit(accepted.lead).post(page, {"seat": accepted.writer.pk, "part": "secretary"}, secure=True)

    assert answer.headers["Location"] == page
    assert sorted(LeadAssignment.objects.values_list("part", "seat", "offered_by")) == [
        ("chair", accepted.lead.pk, accepted.coordinator.pk),
        ("secretary", accepted.writer.pk, accepted.lead.pk),
    ]
    assert bank not in shown.text
    coordinator = factories.sit(accepted.coordinator)
    pairing.withdraw(LeadAssignment.objects.get(seat=accepted.writer), by=accepted.writer, at=accepted.at())
    assert bank in coordinator.get(page, secure=True).text
    assert coordinator.get(bank, secure=True).status_code == 200
    assert factories.sit(accepted.lead).get(bank, secure=True).status_code == 403


def test_the_page_is_not_there_for_a_conversation_led_by_two_from_outside(cast):
    cast.to("preparing")

    assert factories.sit(cast.coordinator).get(f"/matters/{cast.matter.pk}/chair/", secure=True).status_code == 403


def test_the_page_stays_within_its_queries(accepted, django_assert_max_num_queries):
    propose(accepted, accepted.lead)
    client = factories.sit(accepted.coordinator)

    with django_assert_max_num_queries(12):
        client.get(f"/matters/{accepted.matter.pk}/chair/", secure=True)


# ---------------------------------------------------------------- what a chair sees


def sees(seat):
    """How many of each the seat sees, in the matter of a chaired meeting that has been held."""
    found = (Matter, Meeting, Member, Answer, Board, Line, Plan, Order)
    return {model.__name__: model.objects.visible_to(seat).count() for model in found}


def test_whoever_chairs_sees_what_a_pair_sees_and_never_the_order(region):
    cast = factories.Chaired(region).to("meeting")
    cast.say(cast.mother, "Aamut sujuvat.")
    cast.plan()
    hidden = cast.add("own", "Salla", "Saarela")
    people.withdraw_permission(hidden, by=cast.coordinator, at=cast.at())
    other = factories.Cast(region).to("meeting")
    other.say(other.mother, "Aamut sujuvat.")
    other.plan()

    chair = sees(cast.lead)

    everything = {"Matter": 1, "Meeting": 1, "Member": 6, "Answer": 3, "Board": 1, "Line": 1, "Plan": 1, "Order": 0}
    assert chair == sees(cast.writer) == everything
    assert sees(other.lead) == everything | {"Member": 4}
    assert factories.ORDER["worry"] not in factories.sit(cast.lead).get(f"/matters/{cast.matter.pk}/", secure=True).text
    assert factories.ORDER["worry"] in factories.sit(cast.orderer).get(f"/matters/{cast.matter.pk}/", secure=True).text


def test_a_professional_who_does_not_chair_sees_no_unaccepted_line(region):
    cast = factories.Chaired(region)
    cast.to("preparing")
    along = cast.add("professional", "Heta", "", seat=cast.outsider)
    cast.ask_times()
    cast.choose()
    cast.invite()
    boards.open_meeting(cast.the_meeting(), [cast.mother, along], by=cast.lead, at=cast.at())
    cast.board = Board.objects.select_related("meeting", "matter").get(meeting=cast.meeting)
    cast.voices = {voice.member_id: voice for voice in cast.board.voices.select_related("member")}
    cast.questions = list(cast.fresh().method.phases.get(slug="keskustelu").questions.prefetch_related("wordings"))
    cast.say(cast.mother, "Aamut sujuvat.")

    assert Line.objects.visible_to(cast.lead).count() == 1
    assert Line.objects.visible_to(cast.outsider).count() == 0
    assert may(cast.lead, "board.lead", cast.fresh())
    assert not may(cast.outsider, "board.lead", cast.fresh())


def test_the_coordinator_sees_lines_only_when_she_chairs_herself(accepted):
    cast = accepted
    pairing.accept_offer(propose(cast, cast.coordinator), by=cast.coordinator, at=cast.at())
    cast.mother = cast.add("own", "Aino", "Saarela")
    people.give_seat_in_matter(cast.mother, by=cast.coordinator, at=cast.at())
    cast.close_one = cast.professional = cast.mother
    cast.child = cast.mother
    cast.ask_times()
    cast.choose()
    cast.invite()
    made = boards.open_meeting(cast.the_meeting(), [cast.mother], by=cast.coordinator, at=cast.at())
    cast.board = Board.objects.select_related("meeting", "matter").get(pk=made.pk)
    cast.voices = {voice.member_id: voice for voice in made.voices.select_related("member")}
    cast.questions = list(cast.fresh().method.phases.get(slug="keskustelu").questions.prefetch_related("wordings"))
    cast.say(cast.mother, "Aamut sujuvat.")
    colleague = factories.seat(cast.region, "coordinator")

    assert [Line.objects.visible_to(seat).count() for seat in (cast.coordinator, colleague)] == [1, 0]
    page = factories.sit(cast.coordinator).get(f"/meetings/{cast.meeting.pk}/board/", secure=True)
    assert "Aamut sujuvat." in page.text
    assert "Taululle" in factories.sit(cast.coordinator).get("/today/", secure=True).text


def test_a_chair_who_has_ended_is_along_as_before_and_leads_no_more(region):
    cast = factories.Chaired(region).to("invited")
    Message.objects.all().delete()

    pairing.end_pairing(LeadAssignment.objects.get(seat=cast.lead), by=cast.lead, at=cast.at())

    assert list(Matter.objects.visible_to(cast.lead)) == [cast.matter]
    assert not may(cast.lead, "board.lead", cast.fresh())
    assert list(Message.objects.values_list("seat", "kind")) == [(cast.coordinator.pk, "waits")]
    offer = propose(cast, cast.coordinator)
    pairing.accept_offer(offer, by=cast.coordinator, at=cast.at())
    assert LeadChangeNotice.objects.open().get().instead_of.seat == cast.lead


# ---------------------------------------------------------------- the next step


@pytest.mark.parametrize(
    ("step", "page"),
    [
        ("preparing", "preparation:show"),
        ("invited", "board:begin"),
        ("meeting", "board:show"),
        ("planning", "plans:show"),
        ("following", "plans:show"),
    ],
)
def test_a_worker_who_chairs_is_led_to_what_is_next(region, step, page):
    cast = factories.Chaired(region).to(step)
    matter = Matter.objects.visible_to(cast.lead).for_page().get()

    step_of_chair = next_step(matter, Shown([matter], cast.lead))

    assert resolve(step_of_chair.url).view_name == page
    assert factories.sit(cast.lead).get(step_of_chair.url, secure=True).status_code == 200
    shown = factories.sit(cast.lead).get(f"/matters/{cast.matter.pk}/", secure=True)
    assert shown.context["step"] == step_of_chair


def test_the_desk_asks_for_a_chair_only_when_preparing_is_over(accepted):
    assert to_remember(accepted.coordinator) == []
    cast = factories.Chaired(accepted.region).to("timing")
    assert to_remember(cast.coordinator) == []

    pairing.end_pairing(LeadAssignment.objects.get(seat=cast.lead), by=cast.lead, at=cast.at())

    assert [item.url for _matter, item in to_remember(cast.coordinator)] == [f"/matters/{cast.matter.pk}/chair/"]


@pytest.mark.parametrize(("method", "leads_to"), [(factories.Cast, "pair"), (factories.Chaired, "chair")])
def test_the_invitations_lead_to_where_somebody_else_is_asked(region, method, leads_to):
    cast = method(region).to("invited")
    client = factories.sit(cast.coordinator)
    page = BeautifulSoup(client.get(f"/meetings/{cast.meeting.pk}/invitations/", secure=True).text, "html.parser")

    links = {link["href"] for link in page.main.select("a[href]")}

    assert {one for one in ("pair", "chair") if f"/matters/{cast.matter.pk}/{one}/" in links} == {leads_to}
    assert client.get(f"/matters/{cast.matter.pk}/{leads_to}/", secure=True).status_code == 200
