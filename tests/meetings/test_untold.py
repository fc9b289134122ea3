"""Whom nobody has told of the meeting: until a person or a message of this meeting has told the time that holds."""

from datetime import timedelta
from uuid import uuid4

from kudelma.meetings.actions import invitations, postponing
from kudelma.meetings.models import Invitation, Postponement
from kudelma.people.actions.messages import send


def untold(cast):
    return {invitation.member.name for invitation in Invitation.objects.untold().select_related("member")}


def of(member):
    return Invitation.objects.for_page().get(member=member)


def tell(cast, member):
    invitations.tell_by_hand(of(member), how="phone", by=cast.coordinator, at=cast.at())


def test_one_is_untold_until_a_person_or_a_message_of_this_meeting_has_told_the_time(cast):
    cast.to("inviting")
    invitations.invite(cast.the_meeting(), by=cast.coordinator, at=cast.at())
    assert untold(cast) == {"Elias", "Ritva"}
    to_child = {"to": cast.child.seat, "by": cast.coordinator}

    send("time-reminder", about=cast.meeting.pk, at=cast.at(), **to_child)
    send("invitation", about=uuid4(), at=cast.at(), **to_child)
    send("invitation", about=cast.meeting.pk, at=cast.at() - timedelta(days=1), **to_child)
    assert untold(cast) == {"Elias", "Ritva"}

    send("invitation", about=cast.meeting.pk, at=cast.at(), **to_child)
    assert untold(cast) == {"Ritva"}
    tell(cast, cast.close_one)
    assert untold(cast) == set()


def test_one_who_was_told_is_untold_again_when_the_time_has_moved_since(cast):
    cast.to("invited")
    assert untold(cast) == set()

    meeting = cast.the_meeting()
    told = {"place": meeting.place, "place_shown": False, "by": cast.coordinator, "at": cast.at()}
    postponing.move_to(meeting, starts_at=meeting.starts_at + timedelta(days=1), seen=0, **told)

    assert untold(cast) == {"Elias", "Ritva"}
    tell(cast, cast.child)
    assert untold(cast) == {"Ritva"}
    Postponement.objects.update(what="stopped")
    assert untold(cast) == set()
