"""The child's own part."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kudelma.core.forms import ChangeForm, ChoiceField, LineField, SeveralField, WordsField
from kudelma.preparation.inputs.child import ChildSaid
from kudelma.preparation.models import DRAWING_BYTES, ChildTurn, ChildWish, Picture, ShownTo, points_of


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
            drawn = json.loads(value)
            lines = [[self._point(point) for point in line] for line in drawn]
            if not isinstance(drawn, list):
                raise TypeError(drawn)
        # RecursionError: some thousand brackets in each other are too much for the reader of JSON.
        except (ValueError, TypeError, RecursionError):
            raise ValidationError(_("The drawing could not be read. Draw it again."), code="broken") from None
        return json.dumps([line for line in lines if line], separators=(",", ":"))

    def _point(self, point: Any) -> list[int]:
        x, y = point
        # Not `isinstance`: True is a number to Python.
        if type(x) is not int or type(y) is not int or not (0 <= x <= self.WIDTH and 0 <= y <= self.HEIGHT):
            raise ValueError(point)
        return [x, y]


class ChildForm(ChangeForm[ChildSaid]):
    """The child's own part. The adult beside is named first."""

    beside = LineField(label=_("Which adult is beside you?"), max_length=60)
    wish = ChoiceField(label=_("How do you want to be along?"), choices=ChildWish.choices)
    turn = ChoiceField(label=_("When do you want your turn?"), choices=ChildTurn.choices, required=False)
    words = WordsField(label=_("What do you want to tell?"), max_length=1000, required=False)
    pictures = SeveralField(label=_("Choose pictures"), choices=Picture.choices, required=False)
    drawing = Drawing(label=_("Draw"), required=False)
    leave_sign = LineField(
        label=_("What is your sign when you want to go out?"), help_text=_("You may go out at any time."),
        max_length=200, required=False,
    )  # fmt: skip
    leave_with = LineField(label=_("Who goes out with you?"), max_length=60, required=False)
    shown_to = ChoiceField(label=_("Who may see this page?"), choices=ShownTo.choices)
    drawing_now: list[str] = []

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
        return [
            {"name": picture.value, "label": picture.label, "is_chosen": picture.value in chosen} for picture in Picture
        ]
