"""What comes in when people sign in, choose passwords, type codes, and when seats are given."""

from datetime import date
from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from kudelma.core.forms import (
    AddressField,
    ChangeForm,
    ChoiceField,
    DayField,
    Form,
    LineField,
    NewForm,
    OneField,
    PhoneField,
)
from kudelma.people.inputs import NewSeat, SeatChange
from kudelma.people.models import LANGUAGES, STAFF, CodeChannel, Reason, Role, SeenTo
from kudelma.regions.models import Unit

WORKING_LANGUAGES = [pair for pair in LANGUAGES if pair[0] != "fi-x-selko"]
PASSWORD = {"autocomplete": "current-password"}


class Secret(LineField):
    """A new password: refused like any line, otherwise kept exactly as it was typed."""

    def to_python(self, value: Any) -> str:
        return str(value or "")


def code_field(label: Any, *, max_length: int) -> LineField:
    """A short code that an app, a message or a person has just told."""
    return LineField(
        label=label,
        max_length=max_length,
        # By this name a phone offers the digits of the text message that has just come.
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Write the code.")},
    )


class SignInForm(LoginForm):
    """allauth's form with our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = AddressField(
            label=_("Mail address"), error_messages={"required": _("Write your mail address.")}
        )
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].label = _("Password")
        self.fields["password"].validators = []  # whatever was typed is compared, not judged
        self.fields["password"].widget.attrs = dict(PASSWORD)
        self.fields["password"].help_text = ""
        self.fields["password"].error_messages["required"] = _("Write your password.")


class FactorForm(AuthenticateForm):
    """The second factor: six digits from the app, or one recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field(_("Code from your app, or a recovery code"), max_length=40)


class ActivateFactorForm(Form):
    code = code_field(_("Six digits from the app"), max_length=10)


class PasswordForm(Form):
    password1 = Secret(
        label=_("New password"),
        help_text=_("At least 12 characters. Four words in a row are good and easy to remember."),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Write a password.")},
    )
    password2 = Secret(
        label=_("The same password again"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Write the password again.")},
    )

    def clean_password1(self) -> str:
        password = self.cleaned_data["password1"]
        validate_password(password)
        return password

    def clean_password2(self) -> str:
        again = self.cleaned_data["password2"]
        if "password1" in self.cleaned_data and again != self.cleaned_data["password1"]:
            raise forms.ValidationError(_("The two passwords differ. Write them once more."))
        return again


class ForgottenForm(Form):
    address = AddressField(label=_("Mail address"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].widget.attrs["autocomplete"] = "username"


class DigitsForm(Form):
    """A code of digits, with or without spaces between them."""

    code = code_field(_("Code"), max_length=20)

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split())


class PrintedCodeForm(Form):
    """The ten characters of a letter, in small letters or large, in two groups or one."""

    code = LineField(
        label=_("The code in your letter"),
        help_text=_("Ten characters, in two groups."),
        max_length=20,
        # The code works again and again: no shared phone may offer it to whoever types here next.
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Write the code.")},
    )

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].upper().replace("-", " ").split())


class ChannelForm(Form):
    channel = ChoiceField(label=_("How shall we send the code?"), choices=[])

    def __init__(self, *args: Any, ways: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = [  # type: ignore[attr-defined]
            (channel.value, channel.label) for channel in CodeChannel if channel.value in ways
        ]


class SeenToForm(Form):
    """What somebody did themselves; sending again is told by sending."""

    how = ChoiceField(
        label=_("What did you do?"), choices=[(how.value, how.label) for how in (SeenTo.OTHER_WAY, SeenTo.PHONED)]
    )


class AdmitForm(Form):
    reason = ChoiceField(label=_("How do you know who this is?"), choices=Reason.choices)


class WorkFields(forms.Form):
    """Where somebody works, as what, until when."""

    unit = OneField(label=_("Unit"), required=False)
    title = LineField(
        label=_("Trade"), help_text=_("Such as class teacher or family worker."), max_length=80, required=False
    )
    leads = forms.BooleanField(label=_("Superior: orders for a team and gives working time"), required=False)
    ends_on = DayField(label=_("To"), required=False, help_text=_("Leave open when there is no last day."))

    def __init__(self, *args: Any, region: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(region=region)  # type: ignore[attr-defined]
        self.fields["unit"].label_from_instance = lambda unit: unit.name  # type: ignore[attr-defined]

    def check(self, cleaned: dict[str, Any], role: str, starts_on: date | None) -> None:
        """What must fit together: a unit for those who work in one, days in order."""
        if starts_on and cleaned.get("ends_on") and cleaned["ends_on"] < starts_on:
            self.add_error("ends_on", _("The last day is before the first. Choose a later one."))
        if role in {Role.WORKER, Role.CONSULTANT} and not cleaned.get("unit"):
            self.add_error("unit", _("Choose the unit where this person works."))


class NewSeatForm(WorkFields, NewForm[NewSeat]):
    """A seat for somebody who works here."""

    name = LineField(label=_("Name"), max_length=120)
    address = AddressField(label=_("Mail address"))
    phone = PhoneField(label=_("Telephone"), required=False)
    role = ChoiceField(label=_("Role"), choices=[(role.value, role.label) for role in STAFF])
    starts_on = DayField(label=_("From"))
    language = ChoiceField(label=_("Language of messages"), choices=WORKING_LANGUAGES)
    field_order = ["name", "address", "phone", "role", "unit", "title", "leads", "starts_on", "ends_on", "language"]

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = today
        self.fields["language"].initial = "fi"
        self.fields["role"].initial = Role.WORKER

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.check(cleaned, cleaned.get("role", ""), cleaned.get("starts_on"))
        return cleaned


class SeatForm(WorkFields, ChangeForm[SeatChange]):
    """Another unit, trade or last day for a seat that is there."""

    field_order = ["unit", "title", "leads", "ends_on"]

    def __init__(self, *args: Any, seat: Any, **kwargs: Any) -> None:
        super().__init__(*args, region=seat.region, **kwargs)
        self.seat = seat

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.check(cleaned, self.seat.role, self.seat.starts_on)
        return cleaned
