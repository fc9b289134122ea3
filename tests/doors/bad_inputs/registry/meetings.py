"""Ways to the forms of a meeting."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

import factories
from doors.bad_inputs.registry.ready import Ready, way_to
from kudelma.meetings import forms as meetings
from kudelma.meetings.actions import times as times_of
from kudelma.meetings.models import Invitation


@way_to(meetings.TimesForm)
def times(cast: factories.Cast) -> Ready:
    cast.to("preparing")
    days = [timezone.localdate() + timedelta(days=8 + n) for n in range(meetings.N_TIMES)]
    typed = {"minutes": "150", "place": "Kirjaston ryhmähuone", "place_shown": "on", "first": "everybody"}
    for number, day in enumerate(days, start=1):
        typed |= {f"day{number}": day.isoformat(), f"clock{number}": "14:00"}
    return Ready(factories.sit(cast.coordinator), reverse("meetings:propose", args=[cast.matter.pk]), typed)


@way_to(meetings.SameHoursForm)
def same_hours(cast: factories.Cast) -> Ready:
    cast.to("timing")
    source = timezone.localdate(cast.options()[0].starts_at)
    typed = {"source": source.isoformat(), "day": (source + timedelta(days=9)).isoformat()}
    return Ready(factories.sit(cast.coordinator), reverse("meetings:same-hours", args=[cast.meeting.pk]), typed)


@way_to(meetings.RemindForm)
def remind(cast: factories.Cast) -> Ready:
    cast.to("timing")
    typed = {"members": [str(cast.mother.pk)]}
    return Ready(factories.sit(cast.coordinator), reverse("meetings:remind", args=[cast.meeting.pk]), typed)


@way_to(meetings.ChosenForm)
def choose(cast: factories.Cast) -> Ready:
    cast.to("timing")
    option = cast.options()[0]
    times_of.answer(
        cast.the_meeting(), cast.mother, options={option: "well"}, coming="", by=cast.mother.seat, at=cast.at()
    )
    return Ready(factories.sit(cast.coordinator), reverse("meetings:choose", args=[option.pk]), {})


def _answers(cast: factories.Cast, client: Client, page: str) -> Ready:
    return Ready(client, page, {f"time_{option.pk}": "if_needed" for option in cast.options()})


@way_to(meetings.AnswerForm)
def own_answer(cast: factories.Cast) -> Ready:
    cast.to("timing")
    typed = {"answer": f"{cast.options()[0].pk}:if_needed"}
    return Ready(factories.sit(cast.mother.seat, 1), reverse("meetings:own-answer"), typed)


@way_to(meetings.AnswersForm)
def answer(cast: factories.Cast) -> Ready:
    cast.to("timing")
    return _answers(cast, factories.sit(cast.invited), reverse("meetings:answer", args=[cast.meeting.pk]))


@way_to(meetings.AnswersForm)
def answer_by_phone(cast: factories.Cast) -> Ready:
    cast.to("timing")
    page = reverse("meetings:answer-by-phone", args=[cast.meeting.pk, cast.close_one.pk])
    return _answers(cast, factories.sit(cast.coordinator), page)


@way_to(meetings.PlaceForm)
def tell_place(cast: factories.Cast) -> Ready:
    cast.to("inviting")
    page, to = (reverse(f"meetings:{name}", args=[cast.meeting.pk]) for name in ("invite", "tell-place"))
    return Ready(factories.sit(cast.coordinator), page, {"told": "shown"}, to=to)


@way_to(meetings.ToldForm)
def told(cast: factories.Cast) -> Ready:
    cast.to("invited")
    invitation = Invitation.objects.get(member=cast.close_one)
    page, to = (
        reverse("meetings:invite", args=[cast.meeting.pk]),
        reverse("meetings:tell", args=[invitation.pk]),
    )
    return Ready(factories.sit(cast.coordinator), page, {"how": "phone"}, to=to)


@way_to(meetings.RescheduleForm)
def move(cast: factories.Cast) -> Ready:
    cast.to("invited")
    typed = {
        "what": "new", "day": (timezone.localdate() + timedelta(days=20)).isoformat(), "clock": "10:00",
        "place": "Kylätalo", "agreed": "on", "why": "Kirjasto on kiinni.\nMuuttuu vielä.",
    }  # fmt: skip
    return Ready(factories.sit(cast.coordinator), reverse("meetings:postpone", args=[cast.meeting.pk]), typed)


@way_to(meetings.WhyForm)
def call_off(cast: factories.Cast) -> Ready:
    cast.to("invited")
    page = reverse("meetings:call-off", args=[cast.meeting.pk])
    return Ready(factories.sit(cast.coordinator), page, {"why": "Ei ollutkaan tarpeen."})


@way_to(meetings.StopForm)
def stop(cast: factories.Cast) -> Ready:
    cast.to("invited")
    typed = {"after": "wait", "leaving": [str(cast.mother.pk)], "why": "Aino ei jaksa nyt."}
    return Ready(factories.sit(cast.coordinator), reverse("meetings:stop", args=[cast.matter.pk]), typed)


@way_to(meetings.CalendarForm)
def calendar(cast: factories.Cast) -> Ready:
    cast.to("invited")
    return Ready(factories.sit(cast.mother.seat, 1), reverse("meetings:own-calendar"), {"wants": "on"})
