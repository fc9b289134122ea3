"""What comes in about a consultant: training and languages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kudelma.core.forms import ChangeForm, Day


class ConsultantForm(ChangeForm):
    trained_on = Day(label=_("Trained on"), required=False)
    speaks_fi = forms.BooleanField(label=_("Leads conversations in Finnish"), required=False)
    speaks_sv = forms.BooleanField(label=_("Leads conversations in Swedish"), required=False)
    speaks_en = forms.BooleanField(label=_("Leads conversations in English"), required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not any(told.get(f"speaks_{code}") for code in ("fi", "sv", "en")):
            self.add_error("speaks_fi", _("Choose at least one language."))
        return told
