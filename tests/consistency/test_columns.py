"""Every column stands in exactly one class: sealed, staff, link or plain; libraries' tables too."""

import pytest
from django.apps import apps

import factories
from kudelma.core.sealed import SealedText, StaffText

CLASSES = ("sealed", "staff", "link", "plain")

LIBRARIES = {
    "account.emailaddress": {"link": {"user"}, "plain": {"id", "verified", "primary"}, "staff": {"email"}},
    "account.emailconfirmation": {"link": {"email_address"}, "plain": {"id", "created", "sent", "key"}},
    "mfa.authenticator": {
        "link": {"user"},
        "staff": {"data"},
        "plain": {"id", "type", "created_at", "last_used_at"},
    },
    "sessions.session": {"staff": {"session_data"}, "plain": {"session_key", "expire_date"}},
    "django_tasks_database.dbtaskresult": {
        "link": {"args_kwargs"},
        "plain": {
            "id", "status", "enqueued_at", "started_at", "finished_at", "priority", "task_path", "worker_ids",
            "queue_name", "backend_name", "run_after", "return_value", "exception_class_path", "traceback",
        },
    },
    "auth.permission": {"plain": {"id", "name", "content_type", "codename"}},
    "auth.group": {"plain": {"id", "name"}},
    "contenttypes.contenttype": {"plain": {"id", "app_label", "model"}},
}  # fmt: skip
"""Why a library's column is where it is: allauth's address tables stay empty (see the test below), the
second factor is sealed by our adapter, sessions by our store, a job's arguments are ids, and what a
failed job leaves is the kind of its error only."""

MODELS = list(apps.get_models(include_auto_created=False))


def columns(model) -> set[str]:
    return {field.name for field in model._meta.local_fields}


def classes(model) -> dict[str, set[str]]:
    told = LIBRARIES.get(model._meta.label_lower)
    if told is None:
        privacy = getattr(model, "Privacy", None)
        told = {name: set(getattr(privacy, name, ())) for name in CLASSES}
    return {name: set(told.get(name, ())) for name in CLASSES}


def faults(model) -> list[str]:
    told = classes(model)
    listed = [column for group in told.values() for column in group]
    found = [f"{column} is in two classes" for column in sorted({one for one in listed if listed.count(one) > 1})]
    found += [f"{column} is in no class" for column in sorted(columns(model) - set(listed))]
    found += [f"{column} is no column" for column in sorted(set(listed) - columns(model))]
    return found


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_column_is_in_exactly_one_class(model):
    assert faults(model) == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_the_class_says_what_the_column_is(model):
    told = classes(model)
    ours = model.__module__.startswith("kudelma.")
    sealed = {field.name for field in model._meta.local_fields if isinstance(field, SealedText)}
    staff = {field.name for field in model._meta.local_fields if isinstance(field, StaffText)}
    free = {
        field.name
        for field in model._meta.local_fields
        if field.get_internal_type() in {"TextField", "CharField"} and not field.choices
    }

    assert told["sealed"] == sealed
    assert staff <= told["staff"]
    if ours:
        known = NAMES_OF_PLACES | HASHES | OTHER_WORDS
        assert {f"{model._meta.label_lower}.{name}" for name in free & told["plain"]} <= known


NAMES_OF_PLACES = {
    f"regions.{model}.name_{language}"
    for model in ("region", "sector", "unit", "controller")
    for language in ("fi", "sv", "en")
} | {"regions.region.code", "regions.region.help_phone", "regions.unit.municipality"}
HASHES = {
    "people.personallink.digest",
    "people.code.digest",
    "people.code.finder",
    "people.admission.digest",
    "people.account.password",
    "trust.pin.digest",
}
OTHER_WORDS = {
    "people.message.kind",
    "live.operation.kind",
    "trust.entry.door",
    "trust.entry.role",
    "trust.entry.why",
} | {
    f"methods.{model}"
    for model in (
        *(f"method.{name}" for name in ("slug", "name_fi", "name_sv", "name_en", "source_note")),
        *(f"phase.{name}" for name in ("slug", "name_fi", "name_sv", "name_en")),
        "question.slug",
        *(f"wording.text_{code}" for code in ("fi", "selko", "sv", "en")),
        "feedbackquestion.slug",
        *(f"feedbackquestion.text_{code}" for code in ("fi", "selko", "sv", "en")),
    )
}
"""Plain columns that can hold words, each known: names of places, hashes, and words of the house."""


def test_a_column_without_a_class_is_found(monkeypatch):
    from kudelma.matters.models import Matter

    monkeypatch.setattr(Matter.Privacy, "plain", Matter.Privacy.plain - {"step"})

    assert faults(Matter) == ["step is in no class"]


def test_allauth_keeps_no_address(cast):
    from allauth.account.models import EmailAddress, EmailConfirmation

    factories.sit(cast.coordinator).get("/today/")

    assert EmailAddress.objects.count() == EmailConfirmation.objects.count() == 0


@pytest.mark.parametrize(
    "model", [m for m in MODELS if m.__module__.startswith("kudelma.")], ids=lambda m: m._meta.label
)
def test_a_row_is_called_by_its_id_only(model):
    """`__str__` ends up in logs: it may hold nothing but the kind of thing and an id, slug, code or number."""
    row = model()
    for field in model._meta.local_fields:
        if isinstance(field, SealedText | StaffText):
            row.__dict__[field.attname] = "Aino Canary"

    assert "Canary" not in str(row)
