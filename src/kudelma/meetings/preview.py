"""What leaves, to whom and by which way, seen before it leaves; and how it got on afterwards."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation

from kudelma.matters.models import Member, Pairing
from kudelma.matters.writers import contact_of
from kudelma.meetings.actions.invitations import expected
from kudelma.meetings.models import Change, Invitation, Meeting, Postponement
from kudelma.meetings.writers import invited_text, short_text, to_one_who_works
from kudelma.people.letters import Letter
from kudelma.people.models import Message
from kudelma.people.personal import personal

TIME_IS_TOLD = ["invitation", "moved", "called-off", "uninvited"]


@dataclass(frozen=True)
class Row:
    """One person of the page. way: mail, sms, letter, phone or entry (mail with a calendar entry)."""

    who: Member | Pairing
    name: str
    what: str
    thread: str
    side: str
    way: str
    language: str
    letter: Letter | None
    invitation: Invitation | None
    message: Message | None
    may_be_invited: bool

    @property
    def signs_in(self) -> bool:
        return self.way == "entry"

    @property
    def is_standing(self) -> bool:
        return self.invitation is not None and self.invitation.withdrawn_at is None

    @property
    def is_by_hand(self) -> bool:
        return self.way in {"letter", "phone"}

    @property
    def is_told(self) -> bool:
        """Whether the newest of what there is to tell has been told, by a message that left or by somebody."""
        by_message = self.message is not None and self.message.state == "sent"
        return by_message or (self.invitation is not None and self.invitation.told_at is not None)


def rows(meeting: Meeting, *, shows_text: bool) -> list[Row]:
    """Everybody who is to be there or was invited, first those of the circle."""
    there = {_key(one): one for one in Invitation.objects.filter(meeting=meeting).for_page()}
    sent = _newest_messages(meeting)
    moved = Postponement.objects.filter(meeting=meeting, what=Change.MOVED).order_by("-at").first()
    people = expected(meeting.matter)
    keys = {who.pk for who in people}
    gone = [one for key, one in there.items() if key not in keys]
    found = [_row(meeting, who, there.get(who.pk), sent, moved, True, shows_text=shows_text) for who in people]
    return found + [_row(meeting, _who(one), one, sent, moved, False, shows_text=False) for one in gone]


def off_calls(found: list[Row]) -> list[Row]:
    """Those of the rows who were invited, are not any more, and whom nobody and nothing has told yet."""
    return [row for row in found if row.invitation and row.invitation.withdrawn_at and not row.is_told]


def _row(
    meeting: Meeting, who: Any, invitation: Any, sent: dict[Any, Message], moved: Any, may_be_invited: bool, *,
    shows_text: bool,
) -> Row:  # fmt: skip
    member = who if isinstance(who, Member) else None
    seat = who.seat
    works = member is None or member.signs_in
    way = "entry" if works else contact_of(member).way or _by_hand(member)  # type: ignore[arg-type]
    language = seat.spoken_language if seat else member.language if member else "fi"
    told = sent.get(seat.pk) if seat and invitation else None
    if told and told.made_at < _since(invitation, moved):
        told = None
    return Row(
        who=who,
        name=member.name if member else seat.account.first_name,
        what=member.relation if member else str(who.get_part_display()),
        thread=member.thread if member else "",
        side=member.side if member else "professional",
        way=way,
        language=language,
        letter=_letter(meeting, way, language) if shows_text and way in {"entry", "mail", "sms"} else None,
        invitation=invitation,
        message=told,
        may_be_invited=may_be_invited,
    )


def _letter(meeting: Meeting, way: str, language: str) -> Letter:
    """The message itself, in the language of the one who gets it; only the link is made when it leaves."""
    with translation.override(language):
        if way == "entry":
            return to_one_who_works(meeting)
        return personal(way, invited_text(meeting), short=short_text(meeting), link=f"{settings.BASE_URL}/i/…")


def _by_hand(member: Member) -> str:
    """How somebody is told who gets no message."""
    return "letter" if member.contact_way == "letter" or (member.postal and not member.phone) else "phone"


def _newest_messages(meeting: Meeting) -> dict[Any, Message]:
    found = Message.objects.filter(about=meeting.pk, kind__in=TIME_IS_TOLD).order_by("made_at", "pk")
    return {message.seat_id: message for message in found}


def _since(invitation: Invitation, moved: Postponement | None) -> Any:
    """From when on messages tell what holds now."""
    settled_at = invitation.withdrawn_at or invitation.at
    return max(settled_at, moved.at) if moved else settled_at


def _key(invitation: Invitation) -> Any:
    return invitation.member_id or invitation.pairing_id


def _who(invitation: Invitation) -> Any:
    return invitation.member or invitation.pairing
