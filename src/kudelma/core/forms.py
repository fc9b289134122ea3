"""Fields that lose nothing and say plainly what is wrong. Shapes only: rules and actions stand elsewhere."""

import re
import unicodedata
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from typing import Any, Generic, TypeVar, get_args
from uuid import UUID, uuid4

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.template.loader import get_template
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kudelma.core.identity_codes import holds_identity_code
from kudelma.core.times import aware

KEPT_CONTROLS = {"\n", "\t"}
# They turn the direction of writing: a name could be shown otherwise than it is kept.
HIDDEN_DIRECTIONS = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}

LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029]")
UNSEEN = re.compile("[\u200b\u2060-\u2064\ufeff\U000e0001-\U000e007f]")
"""Zero-width characters that come along with copied text and mean nothing. Joiners of letters and emoji stay."""
MOST_PARTS = 4
"""Characters at most that normalisation form C composes into one: a letter and three marks."""

BLANKS = set("\u115f\u1160\u2800\u3164\uffa0")
"""Letters by their category that show nothing."""

REQUIRED = _("Write something here.")
IDENTITY = _("Do not write a personal identity code here. Leave it out and save again; the rest is kept.")
CONTROL = _("There is a character here that cannot be shown. It may have come with a copied text. Remove it.")
LINE_BREAK = _("Write this on one line.")


class FieldOnPage(BoundField):
    @property
    def now(self) -> Any:
        """What stands there now, when somebody else was first."""
        return getattr(self.field, "now", "")


class Renderer(DjangoTemplates):
    """Fields look as core/templates/ui/field.html says."""

    bound_field_class = FieldOnPage
    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith("ui/"):
            return get_template(template_name)
        return super().get_template(template_name)


def check_plain(text: str) -> None:
    """Refuse identity codes and characters that nobody can see. Raises ValidationError."""
    if any(
        character in HIDDEN_DIRECTIONS
        or (unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"} and character not in KEPT_CONTROLS)
        for character in text
    ):
        raise ValidationError(CONTROL, code="control")
    if holds_identity_code(text):
        raise ValidationError(IDENTITY, code="identity")


def _shows(character: str) -> bool:
    """Whether anything stands on the page where this character is."""
    return unicodedata.category(character) not in {"Cf", "Zs", "Mn"} and character not in BLANKS


class TextField(forms.CharField):
    """Text in a person's own words: any letters, bounded, composed (NFC), line ends as one kind."""

    many_lines = False

    def __init__(self, *, max_length: int, **options: Any) -> None:
        rows = options.pop("rows", 4)
        if self.many_lines:
            options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**options)
        self.limit = max_length
        self.error_messages["required"] = options.get("error_messages", {}).get("required", REQUIRED)
        self.validators = []  # a NUL is said to be what it is, in `check_plain`

    def to_python(self, value: Any) -> str:
        text = UNSEEN.sub("", LINE_ENDS.sub("\n", str(value or ""))).strip()
        if len(text) > self.limit * MOST_PARTS:
            return text  # too long however it is composed; composing takes time that grows with its square
        return unicodedata.normalize("NFC", text)

    def validate(self, value: str) -> None:
        super().validate(value)
        # What shows nothing is no answer: a name of such characters would leave somebody nameless on every page.
        if value and not any(map(_shows, value)):
            raise ValidationError(self.error_messages["required"] if self.required else CONTROL, code="control")
        if len(value) > self.limit:
            raise ValidationError(self._too_long(value), code="too_long")
        if not self.many_lines and "\n" in value:
            raise ValidationError(LINE_BREAK, code="line_break")
        check_plain(value)

    def _too_long(self, value: str) -> Any:
        over = len(value) - self.limit
        return ngettext_lazy(
            "This is one character too long: there is room for {limit}.",
            "This is {over} characters too long: there is room for {limit}.",
            over,
        ).format(over=over, limit=self.limit)


class LineField(TextField):
    """One line."""


class WordsField(TextField):
    """As many lines as one wants."""

    many_lines = True


class AddressField(LineField):
    """One mail address on one line, at most 254 characters (RFC 5321)."""

    widget = forms.EmailInput

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=254, **options)
        # Devices are shared: a browser that offers what was typed here before tells it to whoever holds it next.
        self.widget.attrs.setdefault("autocomplete", "off")

    def validate(self, value: str) -> None:
        super().validate(value)
        if value:
            EmailValidator(_("This does not look like a mail address. Example: aino@example.fi"))(value)


def mailbox(address: str) -> str:
    """What tells two mailboxes apart: without case, and without what follows a plus sign."""
    # A code must come another way than its link: maija+koodi@ ends in the same hands as maija@.
    name, _, domain = address.casefold().rpartition("@")
    return f"{name.split('+')[0]}@{domain}"


class PhoneField(LineField):
    """A telephone number, kept in international form (+358…)."""

    widget = forms.TelInput

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=40, **options)
        self.widget.attrs.update({"autocomplete": "off"})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            number = phonenumbers.parse(text, "FI")
            known = phonenumbers.is_possible_number(number)
        except phonenumbers.NumberParseException:
            known = False
        if not known:
            raise ValidationError(_("This does not look like a telephone number. Example: 040 123 4567"), code="phone")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class ChoiceField(forms.ChoiceField):
    """One of a few, as radio buttons."""

    widget = forms.RadioSelect

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.error_messages["required"] = _("Choose one.")
        self.error_messages["invalid_choice"] = _("Choose one of these.")


class SeveralField(forms.MultipleChoiceField):
    """Any number of a few, as tick boxes."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.error_messages["required"] = _("Choose at least one.")
        self.error_messages["invalid_choice"] = _("Choose from these.")


class OneField(forms.ModelChoiceField):
    """One row of those that the view lets this seat choose from."""

    def __init__(self, queryset: Any = None, **options: Any) -> None:
        options.setdefault("empty_label", _("Choose"))
        super().__init__(queryset, **options)
        self.error_messages["required"] = _("Choose one.")
        self.error_messages["invalid_choice"] = _("Choose one of these.")


class DayField(forms.DateField):
    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d.%m.%Y"], **options)
        # The browser's own picker takes this form alone; a day that is typed comes as people here write it.
        self.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        self.widget.is_required = self.required
        self.error_messages["required"] = _("Choose a day.")
        self.error_messages["invalid"] = _("This is not a day. Example: 24.11.2026")


class ClockField(forms.TimeField):
    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%H:%M", "%H.%M"], **options)
        self.widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        self.widget.is_required = self.required
        self.error_messages["required"] = _("Choose a time.")
        self.error_messages["invalid"] = _("This is not a time of day. Example: 14.00")


Input = TypeVar("Input")


class Form(forms.Form, Generic[Input]):
    """A form whose fields stand in the order they are asked. Errors stand by their field.

    `Form[LineSaid]` ends in that input: its fields are called as the input's own, or it has a `value` of its own.
    """

    use_required_attribute = True
    ends_in: type[Input] | None = None
    read_apart: set[str] = set()
    """Fields that are no part of the input; the form or its page asks for them."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        named = [kind for base in cls.__dict__.get("__orig_bases__", ()) for kind in get_args(base)]
        cls.ends_in = next((kind for kind in named if is_dataclass(kind)), cls.ends_in)  # type: ignore[assignment]

    def value(self) -> Input:
        """What a valid form says, as the action takes it."""
        if self.ends_in is None:
            raise TypeError(f"{type(self).__name__} names no input in which it ends")
        return self.ends_in(**{field.name: self.cleaned_data[field.name] for field in fields(self.ends_in)})  # type: ignore[arg-type]

    def moment(self, day_field: str, clock_field: str) -> datetime | None:
        """Day and clock as one moment; an hour that does not exist is said by the clock."""
        on: date | None = self.cleaned_data.get(day_field)
        at: time | None = self.cleaned_data.get(clock_field)
        if on is None or at is None:
            return None
        try:
            return aware(on, at)
        except ValidationError as wrong:
            self.add_error(clock_field, wrong)
            return None


class NewForm(Form[Input]):
    """A form that makes one new thing. `idempotency_key` becomes its id, so pressing twice makes it once."""

    # Not required: a page that was open before a new version may lack it, and gets a key here.
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["idempotency_key"].initial = uuid4

    def clean_idempotency_key(self) -> UUID:
        return self.cleaned_data.get("idempotency_key") or uuid4()

    def ask_again(self, sentence: Any) -> None:
        """Keep what was typed, under another key."""
        data: Any = self.data
        self.data = data.copy()
        self.data[self.add_prefix("idempotency_key")] = uuid4()  # type: ignore[index]
        self.add_error(None, sentence)


class ChangeForm(Form[Input]):
    """A form that changes what stands. `version` is what was seen; a later one shows both."""

    # An integer of PostgreSQL holds no more.
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def show_both(self, now: dict[str, Any], sentence: Any) -> None:
        """Keep what was typed, show what stands there now beside each field, and let the next save win."""
        data: Any = self.data
        self.data = data.copy()
        self.data[self.add_prefix("version")] = now["version"]  # type: ignore[index]
        self.add_error(None, sentence)
        for name, value in now.items():
            if name in self.fields and name != "version":
                self.fields[name].now = _as_read(self.fields[name], value)  # type: ignore[attr-defined]


def _as_read(field: forms.Field, value: Any) -> Any:
    """A value as a person reads it: the label of a choice, the name of a row, yes or no."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, forms.ModelChoiceField):
        return getattr(value, "name", "") or "–"
    if isinstance(field, forms.ChoiceField):
        return dict(field.choices).get(value, value)  # type: ignore[arg-type]
    return value or "–"
