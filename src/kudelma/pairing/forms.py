"""What comes in when somebody is asked to lead, to write, to chair or to be the secretary."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from kudelma.core.forms import ChoiceField, Form, OneField
from kudelma.pairing.inputs import ChairAsked, OneAsked, TwoAsked
from kudelma.pairing.models import CHAIRED, Part


class OfferForm(Form[OneAsked]):
    consultant = OneField(label=_("Who is asked"))
    part = ChoiceField(label=_("What for"), choices=[])

    def __init__(self, *args: Any, outside: Any, parts: Iterable[Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consultant"].queryset = outside  # type: ignore[attr-defined]
        self.fields["part"].choices = [(part.value, part.label) for part in parts]  # type: ignore[attr-defined]


class TwoForm(Form[TwoAsked]):
    """Both asked at once: the first leads or chairs, the second writes."""

    first = OneField(label=_("Who is asked"))
    second = OneField(label=_("Who is asked with them"))

    def __init__(self, *args: Any, outside: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            self.fields[name].queryset = outside  # type: ignore[attr-defined]


class ChairForm(Form[ChairAsked]):
    seat = OneField(label=_("Who is asked"))
    part = ChoiceField(label=_("What for"), choices=[(part.value, part.label) for part in CHAIRED])

    def __init__(self, *args: Any, seats: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = seats  # type: ignore[attr-defined]
