"""What leaves, to whom and by which way, seen before it leaves; and how it got on afterwards."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.utils import translation

from kudelma.meetings.actions.invitations import expected
from kudelma.meetings.models import Change, Coming, Invitation, Meeting, Postponement
from kudelma.meetings.writers import invited_text, short_text, to_one_who_works
from kudelma.members.models import Member
from kudelma.members.reaching import contact_of
from kudelma.pairing.models import LeadAssignment
from kudelma.people.letters import Letter
from kudelma.people.models import Message
from kudelma.people.personal import personal

TIME_IS_TOLD = ["invitation", "moved", "called-off", "uninvited"]


@dataclass(frozen=True)
class InvitationRow:
    """One person of the page. way: mail, sms, letter, phone or entry (mail with a calendar entry)."""

    who: Member | LeadAssignment
    name: str
    what: str
    thread: str
    side: str
    way: str
    language: str
    letter: Letter | None
    invitation: Invitation | None
    message: Message | None
    told_by_hand: bool
    was_told_before: bool
    may_be_invited: bool

    @property
    def signs_in(self) -> bool:
        return self.way == "entry"

    @property
    def may_get_letter(self) -> bool:
        """Whether a letter may be printed: for a participant, unless a limited right closes the time to them."""
        return isinstance(self.who, Member) and not self.signs_in and self.is_standing and self.who.sees("time")

    @property
    def is_standing(self) -> bool:
        return self.invitation is not None and self.invitation.withdrawn_at is None

    @property
    def is_by_hand(self) -> bool:
        return self.way in {"letter", "phone"}

    @property
    def is_told(self) -> bool:
        """Whether what holds now has been told, by a message that left or by somebody."""
        return self.told_by_hand or (self.message is not None and self.message.state == "sent")

    @property
    def waits_for_a_call(self) -> bool:
        """Whether this one knows of a time that does not hold, and nothing is on its way to tell so."""
        if self.invitation is None or self.is_standing or self.is_told or not self.was_told_before:
            return False
        is_leaving = self.message is not None and self.message.state == "waiting"
        return not is_leaving and self.invitation.reply != Coming.DECLINED


def changes_of(meeting: Meeting) -> list[Postponement]:
    """What became of the settled time so far, the oldest first. `sequence` counts it."""
    if not meeting.sequence:
        return []
    return list(Postponement.objects.filter(meeting=meeting).order_by("at", "pk"))


def invitation_rows(meeting: Meeting, changes: list[Postponement], *, shows_text: bool) -> list[InvitationRow]:
    """Everybody who is to be there or was invited, first those of the circle."""
    invitations = {_key(invitation): invitation for invitation in Invitation.objects.filter(meeting=meeting).for_page()}
    sent = _messages(meeting)
    moved = next((change for change in reversed(changes) if change.what == Change.MOVED), None)
    people = expected(meeting.matter)
    keys = {who.pk for who in people}
    # They stay on the page: somebody may still have to call them.
    gone = [invitation for key, invitation in invitations.items() if key not in keys]
    rows = [_row(meeting, who, invitations.get(who.pk), sent, moved, True, shows_text=shows_text) for who in people]
    return rows + [
        _row(meeting, _who(invitation), invitation, sent, moved, False, shows_text=False) for invitation in gone
    ]


def mark_of(rows: list[InvitationRow]) -> str:
    """What a button says of the messages that stood above it: another one as soon as any of them is another."""
    shown = [(str(row.who.pk), row.way, row.letter.text if row.letter else "") for row in rows]
    return sha256(repr(shown).encode()).hexdigest()[:32]


def off_calls(rows: list[InvitationRow]) -> list[InvitationRow]:
    """Those who were told of a time that does not hold any more, and not yet of that."""
    return [row for row in rows if row.waits_for_a_call]


def _row(
    meeting: Meeting, who: Any, invitation: Any, sent: dict[Any, list[Message]], moved: Any, may_be_invited: bool, *,
    shows_text: bool,
) -> InvitationRow:  # fmt: skip
    member = who if isinstance(who, Member) else None
    seat = who.seat
    works = member is None or member.signs_in
    way = "entry" if works else contact_of(member).way or _by_hand(member)  # type: ignore[arg-type]
    language = seat.spoken_language if seat else member.language if member else "fi"
    messages = sent.get(seat.pk, []) if seat and invitation else []
    since: Any = _since(invitation, moved) if invitation else None
    by_hand_at = invitation.told_at if invitation else None
    # What was sent before told of something that does not hold any more.
    newest = messages[-1] if messages and since and messages[-1].made_at >= since else None
    return InvitationRow(
        who=who,
        name=member.name if member else seat.account.first_name,
        what=member.relation if member else str(who.get_part_display()),
        thread=member.thread if member else "",
        side=member.side if member else "professional",
        way=way,
        language=language,
        letter=_letter(meeting, way, language) if shows_text and way in {"entry", "mail", "sms"} else None,
        invitation=invitation,
        message=newest,
        told_by_hand=bool(by_hand_at and since and by_hand_at >= since),
        was_told_before=bool(
            since
            and (
                (by_hand_at and by_hand_at < since)
                or any(message.state == "sent" and message.made_at < since for message in messages)
            )
        ),
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


def _messages(meeting: Meeting) -> dict[Any, list[Message]]:
    """{seat: messages about the time, the newest last}"""
    by_seat: dict[Any, list[Message]] = {}
    for message in Message.objects.filter(about=meeting.pk, kind__in=TIME_IS_TOLD).order_by("made_at", "pk"):
        by_seat.setdefault(message.seat_id, []).append(message)
    return by_seat


def _since(invitation: Invitation, moved: Postponement | None) -> Any:
    """From when on messages tell what holds now."""
    settled_at = invitation.withdrawn_at or invitation.at
    return max(settled_at, moved.at) if moved else settled_at


def _key(invitation: Invitation) -> Any:
    return invitation.member_id or invitation.pairing_id


def _who(invitation: Invitation) -> Any:
    return invitation.member or invitation.pairing
