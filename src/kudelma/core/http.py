"""The request as our views know it, and the answers they share."""

from datetime import datetime
from functools import partial
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from kudelma.core.errors import KeyReused, Stale
from kudelma.core.forms import ChangeForm, Input, NewForm
from kudelma.core.inputs import columns

Row = TypeVar("Row", contravariant=True)
Given = TypeVar("Given", contravariant=True)


class Change(Protocol[Row, Given]):
    """An action that changes what stands. Raises Stale."""

    def __call__(self, row: Row, /, *, version: int, values: Given, by: Any, at: datetime) -> object: ...


class Creation(Protocol[Row, Given]):
    """An action that makes one new thing in `row`, whose id is `key`. Raises KeyReused."""

    def __call__(self, row: Row, /, *, idempotency_key: UUID, values: Given, by: Any, at: datetime) -> Any: ...


class Save(Protocol[Given]):
    """A change of which the page has said all but what its form says."""

    def __call__(self, *, version: int, values: Given) -> object: ...


class Make(Protocol[Given]):
    """The same of a creation."""

    def __call__(self, *, idempotency_key: UUID, values: Given) -> Any: ...


def saving(change: Change[Row, Given], row: Row, *, by: Any) -> Save[Given]:
    """`partial`, except that it is known what is left to say: the wrong form for an action is no type."""
    return partial(change, row, by=by, at=timezone.now())


def making(creation: Creation[Row, Given], row: Row, *, by: Any) -> Make[Given]:
    """The same of a creation."""
    return partial(creation, row, by=by, at=timezone.now())


class Request(HttpRequest):
    """actor: the seat that acts, or None. level: 0 to 3, how surely we know who it is (design: Levels)."""

    actor: Any
    level: int


def saved_or_both(form: ChangeForm[Input], save: Save[Input]) -> bool:
    """Save what a valid form says; False when somebody was first, and the form now shows both."""
    values = form.value()
    try:
        save(version=form.cleaned_data["version"], values=values)
    except Stale as stale:
        if all(stale.now[name] == value for name, value in columns(values).items()):
            return True  # pressed twice, or two people wrote the same: it stands there
        form.show_both(stale.now, str(stale))
        return False
    return True


def create_once(form: NewForm[Input], make: Make[Input]) -> Any:
    """What `make` makes of what a valid form says.

    None when its key has made something else before, by the back button for example: the form then asks
    again with another key, and nothing that was typed is lost.
    """
    try:
        return make(idempotency_key=form.cleaned_data["idempotency_key"], values=form.value())
    except KeyReused as used:
        form.ask_again(str(used))
        return None


def render_form(request: HttpRequest, template: str, context: dict[str, Any], *, form: Any = None) -> HttpResponse:
    """Render `template`; 422 when a form in it was refused."""
    refused = form is not None and form.is_bound and not form.is_valid()
    return render(request, template, {"form": form, **context}, status=422 if refused else 200)


def back_to(request: HttpRequest, otherwise: str) -> str:
    """The page of ours that the address names as the one to go back to."""
    back = request.GET.get("back", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return back if is_ours else otherwise


get_or_post = require_http_methods(["GET", "POST"])
"""A page with a form: shown by GET, sent by POST."""


def clear_site_data(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Tell the browser to forget what it knew of us; each cookie by name too, for browsers that know no other way."""
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    for name in request.COOKIES:
        response.delete_cookie(name, samesite="Lax")
    return response
