"""Consents that never end in silence, judgements by somebody, safe contact, and a right that is limited."""

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

import factories
from kudelma.core.errors import Refused, Used
from kudelma.matters.actions import agreements, people
from kudelma.matters.models import Consent, Judgement, Matter, Member
from kudelma.meetings.actions import invitations, times
from kudelma.meetings.models import Board, Line, Meeting
from kudelma.people.actions import links
from kudelma.people.models import Message, PersonalLink
from kudelma.plans.models import Plan, Row
from kudelma.trust.models import Entry

CONSENT = {"kind": "consent", "what_for": "Koulunkäynnistä sopiminen", "to_whom": "Kivirannan koululle", "how": "face"}
JUDGED = {"kind": "limited", "judged_by": "Liisa Laki, sosiaalityöntekijä", "why": "Käräjäoikeuden päätös."}


@pytest.fixture
def prepared(cast):
    return cast.to("preparing")


def fresh(member):
    return Member.objects.select_related("matter__region", "seat").get(pk=member.pk)


def main(answer):
    return " ".join(BeautifulSoup(answer.text, "html.parser").main.get_text(" ").split())


def consent(cast, *, until=None, member=None, key=None, **values):
    told = CONSENT | {"given_on": timezone.localdate(), "until": until} | values
    return agreements.give_consent(
        fresh(member or cast.mother), key=key or uuid4(), values=told, by=cast.lead, at=cast.at()
    )


def judge(cast, member, *opens, **values):
    told = JUDGED | {f"opens_{part}": part in opens for part in ("time", "theme", "people", "plan")} | values
    return agreements.judge(fresh(member), key=uuid4(), values=told, by=cast.coordinator, at=cast.at())


# ---------------------------------------------------------------- consents and permits


def test_a_consent_is_kept_with_who_heard_it_and_how(prepared):
    given = consent(prepared)

    kept = Consent.objects.get(pk=given.pk)
    assert (kept.member, kept.by, kept.how, kept.kind) == (prepared.mother, prepared.lead, "face", "consent")
    told = main(factories.sit(prepared.lead).get(f"/people/{prepared.mother.pk}/agreements/", secure=True))
    assert "Kivirannan koululle" in told
    assert prepared.lead.account.name in told


def test_the_four_that_are_not_the_same_are_told_apart(prepared):
    told = main(factories.sit(prepared.lead).get(f"/people/{prepared.mother.pk}/agreements/", secure=True))

    for name in ("Yhdessä sopiminen", "Lupa kutsua", "Suostumus tai luovutuslupa", "Käsittelyn peruste"):
        assert name in told


def test_a_consent_is_neither_a_permission_nor_a_basis(prepared):
    aunt = people.add_member(
        prepared.fresh(), key=uuid4(), values={"side": "close", "name": "Tuula"}, by=prepared.lead, at=prepared.at()
    )

    consent(prepared, member=aunt)

    assert not fresh(aunt).may_be_invited
    assert prepared.fresh().basis.ground == "shl41"


def test_pressing_twice_gives_it_once_and_another_with_the_same_key_is_refused(prepared):
    key = uuid4()
    for _ in range(2):
        consent(prepared, key=key)

    assert Consent.objects.count() == 1
    with pytest.raises(Used):
        consent(prepared, key=key, to_whom="Muualle")


def test_a_consent_is_withdrawn_once(prepared):
    given = consent(prepared)

    agreements.withdraw_consent(given, by=prepared.lead, at=prepared.at())

    assert Consent.objects.standing().count() == 0
    with pytest.raises(Refused):
        agreements.withdraw_consent(given, by=prepared.coordinator, at=prepared.at())


def test_a_consent_cannot_end_before_it_was_given(prepared):
    with pytest.raises(IntegrityError), transaction.atomic():
        consent(prepared, until=timezone.localdate() - timedelta(days=1))


@pytest.mark.parametrize(("days", "is_told"), [(15, False), (14, True), (0, True), (-3, True)])
def test_a_consent_that_ends_is_told_two_weeks_before_on_page_and_desk(prepared, days, is_told):
    """Peers complaint 3: a consent expires in silence."""
    today = timezone.localdate()
    consent(prepared, given_on=today - timedelta(days=30), until=today + timedelta(days=days))
    client = factories.sit(prepared.coordinator)

    desk = client.get("/today/", secure=True)
    page = client.get(f"/people/{prepared.mother.pk}/agreements/", secure=True)

    at_desk = [one.url for one in desk.context["groups"]["now"] if "uostumu" in one.text]
    assert at_desk == ([f"/matters/{prepared.matter.pk}/people/"] if is_told else [])
    assert ("päätty" in main(desk)) == is_told
    assert (len(page.context["ending"]) == 1) == is_told
    assert "Aino" not in main(desk)


def test_a_consent_given_anew_or_withdrawn_is_told_no_more(prepared):
    """Peers complaint 3."""
    today = timezone.localdate()
    for member in (prepared.mother, prepared.close_one):
        consent(prepared, member=member, until=today + timedelta(days=3))
    ending = Consent.objects.visible_to(prepared.coordinator).ending(today)
    assert {one.member_id for one in ending} == {prepared.mother.pk, prepared.close_one.pk}

    consent(prepared, until=today + timedelta(days=90))
    agreements.withdraw_consent(ending.get(member=prepared.close_one), by=prepared.lead, at=prepared.at())

    assert list(ending.all()) == []


def test_consents_are_seen_by_those_who_prepare_and_by_nobody_else(prepared):
    consent(prepared)

    seen = {
        name: Consent.objects.visible_to(getattr(prepared, name)).count()
        for name in ("coordinator", "lead", "orderer", "invited", "outsider", "other_consultant", "steering")
    }
    mother = prepared.mother.seat
    mother.level = 2
    assert seen == {
        "coordinator": 1, "lead": 1, "orderer": 0, "invited": 0, "outsider": 0, "other_consultant": 0, "steering": 0,
    }  # fmt: skip
    assert Consent.objects.visible_to(mother).count() == 0


# ---------------------------------------------------------------- judgements


def test_a_judgement_tells_who_and_why_and_a_newer_one_replaces_it(prepared):
    first = judge(prepared, prepared.child, kind="own_say")
    second = judge(prepared, prepared.child, kind="prohibition", why="Lapsi kieltää kertomasta.")

    standing = Judgement.objects.standing().get(member=prepared.child)
    first.refresh_from_db()
    assert (standing, first.replaced_by, second.replaced_at) == (second, prepared.coordinator, None)


def test_the_database_keeps_one_standing_judgement_a_member(prepared):
    judge(prepared, prepared.child)

    with pytest.raises(IntegrityError), transaction.atomic():
        Judgement(
            matter=prepared.fresh(), member=prepared.child, kind="own_say", by=prepared.coordinator, at=prepared.at()
        ).save(force_insert=True)


def test_a_judgement_without_who_or_why_is_not_taken(prepared):
    client, page = factories.sit(prepared.coordinator), f"/people/{prepared.child.pk}/judgement/"

    assert client.post(page, {"kind": "own_say", "judged_by": "", "why": "Koska."}, secure=True).status_code == 422
    assert client.post(page, {"kind": "own_say", "judged_by": "Liisa", "why": ""}, secure=True).status_code == 422
    assert client.post(page, {"kind": "own_say", "judged_by": "Liisa", "why": "Koska."}, secure=True).status_code == 302


def test_judgements_are_read_by_the_coordinator_alone(prepared):
    judge(prepared, prepared.child)
    page = f"/people/{prepared.child.pk}/agreements/"

    assert "Käräjäoikeuden" in factories.sit(prepared.coordinator).get(page, secure=True).text
    assert "Käräjäoikeuden" not in factories.sit(prepared.lead).get(page, secure=True).text


# ---------------------------------------------------------------- a limited right


@pytest.fixture
def limited(cast):
    """The father, on the side of the family, whose right a court has limited; a link was never made."""
    cast.to("preparing")
    cast.father = cast.add("own", "Mikko", "Saarela", relation="isä", address="mikko@example.org")
    agreements.limit_right(fresh(cast.father), by=cast.coordinator, at=cast.at())
    cast.father = fresh(cast.father)
    return cast


WAYS_IN = {
    "link": lambda cast: people.send_link(fresh(cast.father), by=cast.coordinator, at=cast.at()),
    "code": lambda cast: people.read_code_aloud(fresh(cast.father), by=cast.coordinator, at=cast.at()),
    "admission": lambda cast: people.admit_member(fresh(cast.father), reason="known", by=cast.lead, at=cast.at()),
    "seat": lambda cast: people.give_seat_in_matter(fresh(cast.father), by=cast.coordinator, at=cast.at()),
}


@pytest.mark.parametrize("way", WAYS_IN)
def test_no_way_in_is_made_before_it_is_judged(limited, way):
    with pytest.raises(Refused, match="oikeutta saada tietoja"):
        WAYS_IN[way](limited)

    assert fresh(limited.father).seat is None
    assert not PersonalLink.objects.exclude(seat=limited.mother.seat).exists()


@pytest.mark.parametrize("way", ["link", "admission", "seat"])
def test_a_way_in_is_made_once_it_is_judged(limited, way):
    judge(limited, limited.father, "time")

    WAYS_IN[way](limited)

    assert fresh(limited.father).seat is not None


def test_a_code_is_read_once_it_is_judged_and_there_is_a_link(limited):
    judge(limited, limited.father, "time")
    links.make_link(WAYS_IN["seat"](limited), at=limited.at())

    assert len(WAYS_IN["code"](limited)) == 6


def test_the_doors_refuse_with_a_sentence(limited):
    client = factories.sit(limited.coordinator)

    answer = client.post(f"/people/{limited.father.pk}/link/", secure=True)

    assert answer.status_code == 409
    assert "Kirjaa ensin, mitä on arvioitu" in main(answer)


def test_limiting_a_right_ends_every_way_in_at_once(prepared):
    client = factories.sit(prepared.mother.seat, 2)
    people.send_link(fresh(prepared.mother), by=prepared.coordinator, at=prepared.at())
    assert client.get("/own/", secure=True).status_code == 200

    agreements.limit_right(fresh(prepared.mother), by=prepared.coordinator, at=prepared.at())

    assert client.get("/own/", secure=True).status_code == 403
    assert not Message.objects.filter(seat=prepared.mother.seat, sent_at=None).exists()
    call_command("work", once=True)
    assert [letter for letter in mail.outbox if "aino@example.org" in letter.to] == []


@pytest.mark.parametrize("level", [1, 2])
def test_even_with_an_open_link_nothing_is_seen_before_it_is_judged(prepared, level):
    client = factories.sit(prepared.mother.seat, level)
    assert client.get("/own/", secure=True).status_code == 200

    Member.objects.filter(pk=prepared.mother.pk).update(is_limited=True)

    for path in ("/own/", "/own/needs/", "/own/safety/"):
        assert client.get(path, secure=True).status_code == 404


def test_who_works_here_has_no_limited_right(prepared):
    with pytest.raises(Refused):
        agreements.limit_right(fresh(prepared.professional), by=prepared.coordinator, at=prepared.at())

    assert not Member.objects.filter(is_limited=True).exists()


def test_a_limit_that_is_lifted_opens_everything_again(limited):
    assert not Member.objects.judged().filter(pk=limited.father.pk).exists()

    agreements.lift_limit(fresh(limited.father), by=limited.coordinator, at=limited.at())

    assert WAYS_IN["seat"](limited).role == "participant"
    with pytest.raises(Refused):
        agreements.lift_limit(fresh(limited.father), by=limited.coordinator, at=limited.at())


def test_a_judgement_that_closes_what_was_open_ends_the_ways_in(limited):
    judge(limited, limited.father, "time", "theme")
    client = factories.sit(WAYS_IN["seat"](limited), 2)
    judge(limited, limited.father, "time", "theme", "people")
    assert client.get("/own/", secure=True).status_code == 200

    judge(limited, limited.father, "theme", "people")

    assert client.get("/own/", secure=True).status_code == 403


def walked(cast, *opens):
    """The father's matter at its plan: he was there, said a line, and has a row."""
    cast.to("preparing")
    cast.father = cast.add("own", "Mikko", "Saarela", relation="isä", answers_times=False)
    people.give_seat_in_matter(cast.father, by=cast.coordinator, at=cast.at())
    cast.father = fresh(cast.father)
    for act in (cast.ask_times, cast.choose, cast.invite):
        act()
    agreements.limit_right(cast.father, by=cast.coordinator, at=cast.at())
    judge(cast, cast.father, *opens)
    cast.meet_with(cast.father)
    cast.say(cast.mother, "Äidin sana.")
    cast.say(cast.father, "Isän sana.")
    cast.plan()
    seat = cast.father.seat
    seat.level = 2
    return seat


PARTS = ["time", "theme", "people", "plan"]


@pytest.mark.parametrize("opens", [(), *[(part,) for part in PARTS], tuple(PARTS)])
def test_afterwards_only_what_the_judgement_names_is_seen(cast, opens):
    father = walked(cast, *opens)
    cast.open()

    seen = {
        "meetings": Meeting.objects.visible_to(father).count(),
        "boards": Board.objects.visible_to(father).count(),
        "lines": Line.objects.visible_to(father).filter(voice__member__seat=father).count(),
        "plans": Plan.objects.visible_to(father).count(),
        "rows": Row.objects.visible_to(father).count(),
        "members": Member.objects.visible_to(father).count(),
    }

    assert seen == {
        "meetings": int("time" in opens),
        "boards": int("plan" in opens),
        "lines": int("plan" in opens),
        "plans": int("plan" in opens),
        "rows": int("plan" in opens),
        "members": 5 if "people" in opens else 1,
    }


@pytest.mark.parametrize("opens", [(), *[(part,) for part in PARTS], tuple(PARTS)])
def test_the_pages_show_what_the_judgement_names_and_nothing_more(cast, opens):
    father = walked(cast, *opens)
    client = factories.sit(father, 2)

    own = main(client.get("/own/", secure=True))
    comes = main(client.get("/own/people/", secure=True))
    codes = {path: client.get(path, secure=True).status_code for path in ("/own/plan/", "/own/time/", "/own/openings/")}

    assert ("Aamut" in own) == ("theme" in opens)
    assert ("Isän sana." in own) == ("plan" in opens)
    assert ("Aino" in comes) == ("people" in opens)
    assert (cast.lead.account.first_name in comes) == ("people" in opens)
    assert codes == {
        "/own/plan/": 200 if "plan" in opens else 404,
        "/own/time/": 200 if "time" in opens else 404,
        "/own/openings/": 200 if "people" in opens else 404,
    }


def test_the_sheet_of_the_plan_tells_no_theme_that_is_closed(cast, monkeypatch):
    father = walked(cast, "plan")
    told = []
    monkeypatch.setattr("kudelma.plans.sheet.paper.pdf", lambda name, data, language: told.append(data) or b"%PDF")
    address = f"/plans/{cast.the_plan.pk}/sheet/"

    for client in (factories.sit(father, 2), factories.sit(cast.mother.seat, 2)):
        assert client.get(address, secure=True).status_code == 200

    assert ["Aamut" in data["facts"] for data in told] == [False, True]


def test_the_time_is_asked_of_and_told_to_those_to_whom_it_is_open(limited):
    judge(limited, limited.father, "theme")
    people.give_seat_in_matter(fresh(limited.father), by=limited.coordinator, at=limited.at())
    limited.ask_times()
    limited.choose()
    limited.invite()
    father = fresh(limited.father).seat
    assert list(Message.objects.filter(seat=father)) == []

    judge(limited, limited.father, "theme", "time")

    assert father.pk in {member.seat_id for member in times.asked(limited.fresh())}
    assert Meeting.objects.visible_to(_known(father)).count() == 1


def test_an_invitation_goes_to_somebody_to_whom_the_time_is_open(limited):
    """The twin of the test above."""
    judge(limited, limited.father, "time")
    limited.ask_times()
    option = limited.options()[0]
    times.answer(
        limited.the_meeting(), fresh(limited.father), options={option: "well"}, coming="", by=limited.coordinator,
        at=limited.at(),
    )  # fmt: skip
    limited.choose()
    invitations.invite(limited.the_meeting(), by=limited.coordinator, at=limited.at())

    sent = Message.objects.filter(seat=fresh(limited.father).seat).values_list("kind", flat=True)
    assert sorted(sent) == ["invitation", "time-question"]


def _known(seat):
    seat.level = 2
    return seat


# ---------------------------------------------------------------- a protected address


def change_contact(cast, member, *, version=1, called=True, **values):
    people.change_contact(
        fresh(member), version=version, values=values, has_called=called, by=cast.coordinator, at=cast.at()
    )


def contact_page(cast, member, **typed):
    return factories.sit(cast.coordinator).post(f"/people/{member.pk}/contact/", {"version": 1, **typed}, secure=True)


def test_a_protected_address_is_refused_by_the_field_and_stands_nowhere(prepared):
    address = "Kotikatu 1, Esimerkkilä"

    refused = contact_page(prepared, prepared.child, protected="on", postal=address)
    taken = contact_page(prepared, prepared.child, protected="on")

    assert refused.status_code == 422
    why = BeautifulSoup(refused.text, "html.parser").find(id="id_postal_error").get_text()
    assert why == "Osoite on suojattu. Sitä ei kirjoiteta tähän: jätä tämä tyhjäksi."
    assert taken.status_code == 302
    prepared.open()
    assert (fresh(prepared.child).protected, fresh(prepared.child).postal) == ("yes", "")


def test_the_address_goes_when_it_becomes_protected(prepared):
    prepared.open()
    change_contact(prepared, prepared.child, postal="Kotikatu 1")
    with pytest.raises(Refused):
        change_contact(prepared, prepared.child, version=2, protected="yes")

    change_contact(prepared, prepared.child, version=2, called=False, protected="yes", postal="")

    assert fresh(prepared.child).postal == ""


def test_the_database_keeps_no_address_beside_protected(prepared):
    prepared.open()
    change_contact(prepared, prepared.child, protected="yes")

    with pytest.raises(IntegrityError), transaction.atomic():
        people.change_member(
            fresh(prepared.child), version=2, values={"postal": "Kotikatu 1"}, by=prepared.lead, at=prepared.at()
        )


def test_only_the_coordinator_sees_and_sets_that_an_address_is_protected(prepared):
    prepared.open()
    change_contact(prepared, prepared.child, protected="yes")

    seen = {
        name: "suojattu" in factories.sit(getattr(prepared, name)).get(path, secure=True).text
        for name in ("coordinator", "lead")
        for path in (f"/people/{prepared.child.pk}/contact/",)
    }
    lists = factories.sit(prepared.lead).get(f"/matters/{prepared.matter.pk}/people/", secure=True).text

    assert seen == {"coordinator": True, "lead": False}
    assert "suojattu" not in lists


# ---------------------------------------------------------------- safe contact


def test_how_to_reach_safely_is_asked_first(prepared):
    page = factories.sit(prepared.coordinator).get(f"/people/{prepared.mother.pk}/contact/", secure=True)

    names = [field["name"] for field in BeautifulSoup(page.text, "html.parser").select("main [name]")]
    asked = list(dict.fromkeys(name for name in names if name not in {"csrfmiddlewaretoken", "page_of", "version"}))
    assert asked[:2] == ["contact_way", "contact_note"]


@pytest.mark.parametrize("field", ["address", "second_address", "phone"])
def test_a_change_of_what_was_known_needs_a_call_to_the_number_known_before(prepared, field):
    prepared.open()
    change_contact(prepared, prepared.mother, phone="+358401234567")
    kept = {"address": "aino@example.org", "second_address": "aino2@example.org", "phone": "+358401234567"}
    typed = kept | {field: "+358407654321" if field == "phone" else "uusi@example.org", "version": 2}

    refused = contact_page(prepared, prepared.mother, **typed)
    taken = contact_page(prepared, prepared.mother, **typed, has_called="on")

    assert (refused.status_code, taken.status_code) == (422, 302)
    why = BeautifulSoup(refused.text, "html.parser").find(id="id_has_called_error").get_text()
    assert why == "Soita ensin aiemmin tiedossa olleeseen numeroon, ja rastita sitten tämä."
    doors = Entry.objects.filter(door__startswith="matters.change_contact").values_list("door", flat=True)
    assert list(doors).count("matters.change_contact_after_call") == 2


def test_what_was_not_known_before_is_told_without_a_call(prepared):
    answer = contact_page(prepared, prepared.child, contact_way="phone", contact_note="Iltaisin.", phone="0401234567")

    assert answer.status_code == 302
    assert Entry.objects.filter(door="matters.change_contact").count() == 1
    prepared.open()
    child = fresh(prepared.child)
    assert (child.contact_way, child.contact_note, child.phone) == ("phone", "Iltaisin.", "+358401234567")


def test_safe_contact_is_seen_on_no_page_of_the_person_or_the_pair(prepared):
    prepared.open()
    change_contact(prepared, prepared.mother, contact_way="worker", contact_note="Terveydenhoitaja Minnan kautta.")
    pages = [f"/matters/{prepared.matter.pk}/{page}/" for page in ("people", "preparation")]
    pages.append(f"/people/{prepared.mother.pk}/")

    texts = [factories.sit(prepared.lead).get(page, secure=True).text for page in pages]
    texts += [factories.sit(prepared.mother.seat, level).get("/own/", secure=True).text for level in (1, 2)]

    contact = factories.sit(prepared.coordinator).get(f"/people/{prepared.mother.pk}/contact/", secure=True).text
    assert "Minnan kautta" in contact
    assert [text for text in texts if "Minnan kautta" in text] == []


def test_a_new_address_ends_the_links_of_the_old_one(prepared):
    token = links.make_link(prepared.mother.seat, at=prepared.at())
    assert Client().get(f"/i/{token}/", secure=True).status_code == 200

    prepared.open()
    change_contact(prepared, prepared.mother, address="uusi@example.org")

    assert Client().get(f"/i/{token}/", secure=True).status_code == 410


def test_membership_comes_by_an_explicit_act_only(prepared):
    """Peers complaint 16: who else is invited is told; nobody is told of without a permission."""
    before = Matter.objects.visible_to(prepared.outsider).count()
    member = people.add_member(
        prepared.fresh(), key=uuid4(), by=prepared.lead, at=prepared.at(),
        values={"side": "professional", "seat": prepared.outsider, "name": "Sari"},
    )  # fmt: skip
    mother = factories.sit(prepared.mother.seat, 2)

    without = mother.get("/own/people/", secure=True)
    people.permit(member, how="face", by=prepared.lead, at=prepared.at())
    with_permission = mother.get("/own/people/", secure=True)

    assert before == 0
    assert ("Sari" in main(without), "Sari" in main(with_permission)) == (False, True)
