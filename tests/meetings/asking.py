"""How the tests about times say their acts shortly."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

import factories
from kudelma.meetings.actions import times
from kudelma.meetings.inputs import TimesAsked
from kudelma.meetings.models import TimeOption
from kudelma.meetings.timing import TimePoll
from kudelma.people.models import Message

VALUES = {"minutes": 150, "place": "Kirjaston ryhmähuone", "place_shown": False}


def answer(cast, member, value="well", by=None, option=0):
    coming = value if value in {"call", "unsure"} else ""
    options = {} if coming else {cast.options()[option]: value}
    times.answer(cast.the_meeting(), member, options=options, coming=coming, by=by or member.seat, at=cast.at())


def answer_all(cast, member, value="well"):
    for number in range(len(cast.options())):
        answer(cast, member, value, option=number)


def choose(cast, option=0):
    return times.choose_time(cast.options()[option], by=cast.coordinator, at=cast.at())


def propose(cast, *in_days, family_first=False, **values):
    """Ask about times at this hour, so many days from now."""
    starts = [timezone.now().replace(microsecond=0) + timedelta(days=days) for days in in_days]
    told = TimesAsked(starts=starts, family_first=family_first, **VALUES | values)
    cast.meeting = times.propose_times(
        cast.fresh(), idempotency_key=uuid4(), values=told, by=cast.coordinator, at=cast.at()
    )
    return cast.meeting


def option_in(cast, days):
    """The time that is asked about and is so many days from now."""
    on = timezone.localdate() + timedelta(days=days)
    (found,) = [one for one in cast.options() if timezone.localdate(one.starts_at) == on]
    return TimeOption.objects.select_related("meeting__matter__region").get(pk=found.pk)


def sent(*kinds):
    """[(kind, seat)] of the messages of these kinds, in the order they were made."""
    return list(Message.objects.filter(kind__in=kinds).order_by("made_at").values_list("kind", "seat"))


def timing_of(cast):
    return TimePoll(cast.the_meeting(), timezone.now())


def page(cast, seat, path, level=2):
    return factories.sit(seat, level).get(path, secure=True)
