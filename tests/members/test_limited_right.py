"""A right that is limited, by a court for example: no way in before it is judged, and then what the judgement names."""

from uuid import uuid4

import pytest
from django.core import mail
from django.core.management import call_command

import factories
from again import fresh, main
from circle import circles
from kudelma.board.models import Board, Line
from kudelma.circle.models import Spot
from kudelma.core.errors import Refused
from kudelma.meetings.actions import invitations, times
from kudelma.meetings.models import Meeting
from kudelma.meetings.timing import TimePoll
from kudelma.members.actions import agreements, people
from kudelma.members.inputs.agreements import JudgementMade
from kudelma.members.models import Member
from kudelma.people.actions import links
from kudelma.people.models import Message, PersonalLink
from kudelma.plans.models import Plan, PlanRow

JUDGED = {"kind": "limited", "judged_by": "Liisa Laki, sosiaalityöntekijä", "why": "Käräjäoikeuden päätös."}


@pytest.fixture
def prepared(cast):
    return cast.to("preparing")


def judge(cast, member, *opens, **values):
    told = JUDGED | {f"opens_{part}": part in opens for part in ("time", "theme", "people", "plan")} | values
    return agreements.judge(
        fresh(member), idempotency_key=uuid4(), values=JudgementMade(**told), by=cast.coordinator, at=cast.at()
    )


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
    circles.add(cast)
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
        "rows": PlanRow.objects.visible_to(father).count(),
        "members": Member.objects.visible_to(father).count(),
        "spots": Spot.objects.visible_to(father).count(),
        "is asked about times": cast.father in TimePoll(cast.the_meeting(), cast.at()).members,
    }

    assert seen == {
        "meetings": int("time" in opens),
        "boards": int("plan" in opens),
        "lines": int("plan" in opens),
        "plans": int("plan" in opens),
        "rows": int("plan" in opens),
        "members": 5 if "people" in opens else 1,
        "spots": Spot.objects.count() if "people" in opens else 0,
        "is asked about times": "time" in opens,
    }
    assert Spot.objects.exists()


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
