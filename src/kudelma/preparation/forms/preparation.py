"""What comes in while a meeting is prepared: few fields to a page, in the people's own words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kudelma.core.forms import ChangeForm, ChoiceField, Form, LineField, OneField, WordsField
from kudelma.members.models import LISTENS, Member
from kudelma.people.models import Seat
from kudelma.preparation.inputs.preparation import (
    GroundRules,
    Inviting,
    NotInvited,
    PreparerNamed,
    ThreeLines,
    WhyTogether,
)


class PreparerForm(ChangeForm[PreparerNamed]):
    """Who prepares with the people."""

    by = OneField(label=_("Who prepares with the people"), empty_label=_("the two who lead"), required=False)
    family_agreed = forms.BooleanField(
        label=_("The family has agreed that the orderer prepares"),
        help_text=_("Needed only when it is the orderer."),
        required=False,
    )

    def __init__(self, *args: Any, seats: list[Seat], orderer: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.orderer = orderer
        by: Any = self.fields["by"]
        by.queryset = Seat.objects.filter(pk__in=[seat.pk for seat in seats]).for_list()
        by.label_from_instance = lambda seat: ", ".join(part for part in (seat.account.name, seat.title) if part)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        by = cleaned.get("by")
        if by == self.orderer and not cleaned.get("family_agreed"):
            self.add_error("family_agreed", _("The orderer prepares only when the family has agreed to it."))
        return cleaned


class WhyForm(ChangeForm[WhyTogether]):
    why_together = WordsField(
        label=_("Why would it be good to meet and think together?"),
        help_text=_("As the people say it."),
        max_length=2000,
        rows=6,
        required=False,
    )


class NotInvitedForm(ChangeForm[NotInvited]):
    not_invited = WordsField(
        label=_("Is there somebody whom you do not want to be invited?"),
        help_text=_("Only those who prepare the meeting see this. It need not be explained."),
        max_length=1000,
        required=False,
    )


class InvitingForm(ChangeForm[Inviting]):
    inviting = WordsField(
        label=_("Who invites each one, and how?"),
        help_text=_("Everybody is told the time, the place, the theme, and who else is invited."),
        max_length=1000,
        required=False,
    )


class GroundRulesForm(ChangeForm[GroundRules]):
    ground_rules = WordsField(
        label=_("What do we agree on for the meeting, so that it is good to be there?"),
        help_text=_("In your own words, one on each line. They are read aloud at the opening."),
        max_length=2000,
        rows=6,
        required=False,
    )


class SpeakingForm(Form):
    """One button of the order of speaking: «member:place»."""

    place = ChoiceField(label=_("Who would speak first?"))

    def __init__(self, *args: Any, members: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # All that a button of this page can mean: the id of somebody in another matter is no choice.
        self.moves = {
            f"{member.pk}:{place}": (member, place) for member in members for place in range(LISTENS, len(members) + 1)
        }
        self.fields["place"].choices = [(name, name) for name in self.moves]  # type: ignore[attr-defined]

    def move(self) -> tuple[Member, int]:
        """Whom, and to which place."""
        return self.moves[self.cleaned_data["place"]]


class IntroductionForm(ChangeForm[ThreeLines]):
    """The three lines of a professional. A family owes none."""

    face = LineField(label=_("Who I am"), help_text=_("Such as your name, and how people know you."), max_length=200)
    can_do = LineField(label=_("What I can do"), max_length=200, required=False)
    needs = LineField(label=_("What I need from the others"), max_length=200, required=False)
