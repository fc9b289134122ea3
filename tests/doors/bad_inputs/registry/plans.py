"""Ways to the forms of the plan and of what comes after it."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

import factories
from doors.bad_inputs.registry.ready import Ready, way_to
from kudelma.feedback.forms import FeedbackForm
from kudelma.meetings.models import Meeting
from kudelma.plans.forms import ChangeRowForm, OnwardsForm, RowForm

ROW = {"what": "Soitan kouluun ja kerron.", "with_whom": "Minnan kanssa", "by_when": "perjantaina", "read": "on"}


@way_to(RowForm)
def row(cast: factories.Cast) -> Ready:
    cast.to("planning")
    page = reverse("plans:row", args=[cast.the_plan.pk, cast.professional.pk])
    return Ready(factories.sit(cast.writer), page, dict(ROW))


@way_to(ChangeRowForm)
def change_row(cast: factories.Cast) -> Ready:
    cast.to("planning")
    page = reverse("plans:change-row", args=[cast.the_plan.pk, cast.the_row.pk])
    other = {"what": "Soitan maanantaina.", "with_whom": "yksin", "by_when": "heti"}
    return Ready(factories.sit(cast.writer), page, dict(ROW), other=other)


@way_to(OnwardsForm)
def onwards(cast: factories.Cast) -> Ready:
    cast.to("planning")
    page = reverse("plans:onwards", args=[cast.the_plan.pk])
    typed = {"responsible": "Minnalta", "follow_up": "helmikuussa"}
    return Ready(factories.sit(cast.lead), page, typed, other={"responsible": "Sarilta", "follow_up": "maaliskuussa"})


@way_to(FeedbackForm)
def feedback(cast: factories.Cast) -> Ready:
    cast.to("following")
    Meeting.objects.filter(pk=cast.meeting.pk).update(held_at=timezone.now() - timedelta(days=1))
    page = reverse("feedback:give", args=[cast.meeting.pk])
    typed = {"kuunneltiin": "yes", "turvallista": "partly"}
    return Ready(factories.sit(cast.mother.seat, 1), page, typed, accepted=200)
