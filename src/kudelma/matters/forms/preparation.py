"""What comes in while a meeting is prepared: few fields to a page, in the people's own words."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kudelma.core.forms import ChangeForm, Choice, Form, Line, One, Several, Words
from kudelma.matters.models import DRAWING_BYTES, LISTENS, Member, Picture, ShownTo, Turn, Wish, points_of
from kudelma.people.models import Seat


class PreparerForm(ChangeForm):
    """Who prepares with the people."""

    by = One(label=_("Who prepares with the people"), empty_label=_("the two who lead"), required=False)
    family_agreed = forms.BooleanField(
        label=_("The family has agreed that the orderer prepares"),
        help_text=_("Needed only when it is the orderer."),
        required=False,
    )

    def __init__(self, *args: Any, seats: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by: Any = self.fields["by"]
        by.queryset = Seat.objects.filter(pk__in=[seat.pk for seat in seats]).for_list()
        by.label_from_instance = lambda seat: ", ".join(part for part in (seat.account.name, seat.title) if part)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        by = told.get("by")
        if by and by.role == "worker" and not told.get("family_agreed"):
            self.add_error("family_agreed", _("The orderer prepares only when the family has agreed to it."))
        return told


class WhyForm(ChangeForm):
    why_together = Words(
        label=_("Why would it be good to meet and think together?"),
        help_text=_("As the people say it."),
        max_length=2000,
        rows=6,
        required=False,
    )


class NotInvitedForm(ChangeForm):
    not_invited = Words(
        label=_("Is there somebody whom you do not want to be invited?"),
        help_text=_("Only those who prepare the meeting see this. It need not be explained."),
        max_length=1000,
        required=False,
    )


class InvitingForm(ChangeForm):
    inviting = Words(
        label=_("Who invites each one, and how?"),
        help_text=_("Everybody is told the time, the place, the theme, and who else is invited."),
        max_length=1000,
        required=False,
    )


class GroundRulesForm(ChangeForm):
    ground_rules = Words(
        label=_("What do we agree on for the meeting, so that it is good to be there?"),
        help_text=_("In your own words, one on each line. They are read aloud at the opening."),
        max_length=2000,
        rows=6,
        required=False,
    )


class SpeakingForm(Form):
    """One button of the order of speaking: «member:place»."""

    place = Choice(label=_("Who would speak first?"))

    def __init__(self, *args: Any, members: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.moves = {
            f"{member.pk}:{place}": (member, place) for member in members for place in range(LISTENS, len(members) + 1)
        }
        self.fields["place"].choices = [(name, name) for name in self.moves]  # type: ignore[attr-defined]

    def move(self) -> tuple[Member, int]:
        """Whom, and to which place."""
        return self.moves[self.cleaned_data["place"]]


class IntroductionForm(ChangeForm):
    """The three lines of a professional. A family owes none."""

    face = Line(label=_("Who I am"), help_text=_("Such as your name, and how people know you."), max_length=200)
    can_do = Line(label=_("What I can do"), max_length=200, required=False)
    needs = Line(label=_("What I need from the others"), max_length=200, required=False)


class SafetyFields(forms.Form):
    """Asked of each person alone. Nobody is asked to explain."""

    freely = Words(label=_("Can you speak freely when everybody is there?"), max_length=1000, rows=3, required=False)
    apart = Words(
        label=_("Is there somebody with whom you do not want to be in the same room?"),
        max_length=1000,
        rows=3,
        required=False,
    )
    safer = Words(label=_("What would make it safer for you?"), max_length=1000, rows=3, required=False)


class SafetyForm(SafetyFields, Form):
    """Always empty: for somebody who may tell, and may not see what was told before."""

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.errors and not any(told.values()):
            self.add_error("freely", _("Write something in one of these, or leave the page."))
        return told


class ChangeSafetyForm(SafetyFields, ChangeForm):
    """What stands, for the person who is known for sure and for the coordinator."""


class Drawing(forms.Field):
    """Lines drawn by a finger or a pen: JSON, a list of lines of [x, y] whole numbers. Kept as numbers only."""

    widget = forms.HiddenInput
    WIDTH, HEIGHT = 1000, 700

    def to_python(self, value: Any) -> str:
        if not value or value == "[]":
            return ""
        if len(value) > DRAWING_BYTES:
            raise ValidationError(_("The drawing is too large. Take away a few lines."), code="too_large")
        try:
            lines = [[self._point(point) for point in line] for line in json.loads(value)]
        except (ValueError, TypeError, RecursionError):
            raise ValidationError(_("The drawing could not be read. Draw it again."), code="broken") from None
        return json.dumps([line for line in lines if line], separators=(",", ":"))

    def _point(self, point: Any) -> list[int]:
        x, y = point
        if type(x) is not int or type(y) is not int or not (0 <= x <= self.WIDTH and 0 <= y <= self.HEIGHT):
            raise ValueError(point)
        return [x, y]


class ChildForm(ChangeForm):
    """The child's own part. The adult beside is named first."""

    beside = Line(label=_("Which adult is beside you?"), max_length=60)
    wish = Choice(label=_("How do you want to be along?"), choices=Wish.choices)
    turn = Choice(label=_("When do you want your turn?"), choices=Turn.choices, required=False)
    words = Words(label=_("What do you want to tell?"), max_length=1000, required=False)
    pictures = Several(label=_("Choose pictures"), choices=Picture.choices, required=False)
    drawing = Drawing(label=_("Draw"), required=False)
    leave_sign = Line(
        label=_("What is your sign when you want to go out?"), help_text=_("You may go out at any time."),
        max_length=200, required=False,
    )  # fmt: skip
    leave_with = Line(label=_("Who goes out with you?"), max_length=60, required=False)
    shown_to = Choice(label=_("Who may see this page?"), choices=ShownTo.choices)

    def clean_pictures(self) -> str:
        return " ".join(self.cleaned_data["pictures"])

    def show_both(self, now: dict[str, Any], sentence: Any) -> None:
        """Pictures by their words, and the drawing that stands as a drawing."""
        super().show_both(now, sentence)
        chosen = [str(Picture(name).label) for name in now["pictures"].split()]
        self.fields["pictures"].now = ", ".join(chosen)  # type: ignore[attr-defined]
        self.drawing_now = points_of(json.loads(now["drawing"] or "[]"))

    @property
    def pictures_to_choose(self) -> list[dict[str, Any]]:
        """The twelve, each with whether it has been chosen."""
        chosen = self["pictures"].value() or []
        return [{"name": one.value, "label": one.label, "is_chosen": one.value in chosen} for one in Picture]
