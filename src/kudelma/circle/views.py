"""The circle: a picture and a list that are always equal. Every press works without JavaScript too.

A script asks for the same pages with the header `Fragment: circle` and gets the part that changes.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from kudelma.circle import actions
from kudelma.circle.drawing import Drawing, Figure, draw
from kudelma.circle.forms import NameForm, PlaceForm, ThingForm, TieForm
from kudelma.circle.geometry import Direction, clamped, free_place, stepped
from kudelma.circle.inputs import NewThing, SpotMoved
from kudelma.circle.models import Spot
from kudelma.core.http import Request, create_once, get_or_post, render_form, saved_or_both, saving
from kudelma.core.phrases import SAVED
from kudelma.live.models import Operation
from kudelma.live.views import for_outbox, sent
from kudelma.matters.models import Matter
from kudelma.matters.views.finding import find_matter, find_of_matter
from kudelma.people.doors import for_participant

SITTING = "circle:show"
"""One line of the record a day for the circle and all that is moved on it: see `circle.actions`."""


@vary_on_headers("Fragment")
@require_GET
def show(request: Request, pk: UUID) -> HttpResponse:
    matter = _find(request, pk)
    return _show(request, matter, draw(matter, request.actor))


@get_or_post
def new_thing(request: Request, pk: UUID) -> HttpResponse:
    """A day, place or thing, put where the middle has room."""
    matter = _find(request, pk)
    form = ThingForm(request.POST or None)

    def add(*, idempotency_key: UUID, values: NewThing) -> Spot:
        room = free_place(figure.at for figure in draw(matter, request.actor).figures if figure.is_thing)
        return actions.add_thing(
            matter,
            idempotency_key=idempotency_key,
            values=values,
            to=(room.x, room.y),
            by=request.actor,
            at=timezone.now(),
        )

    if form.is_valid() and create_once(form, add):
        messages.success(request, SAVED)
        return redirect("circle:show", pk=matter.pk)
    return render_form(request, "circle/new_thing.html", {"matter": matter}, form=form)


@for_outbox
@require_POST
def place(request: Request, pk: UUID, spot: UUID) -> HttpResponse:
    """A step along or across the rings, or to a place in the picture."""
    matter = _find(request, pk)
    drawing = draw(matter, request.actor)
    figure = _figure(drawing, spot)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return _show(request, matter, drawing, refused=form)
    moved = form.value()
    to = stepped(figure.at, moved.way, drawing.others(figure)) if moved.way else clamped(moved.x or 0, moved.y or 0)

    def move(*, idempotency_key: UUID, values: SpotMoved) -> str:
        is_alone = actions.move_spot(
            matter,
            spot,
            to=to,
            version=values.version,
            idempotency_key=idempotency_key,
            device=sent(request).device,
            by=request.actor,
            at=timezone.now(),
        )
        return str(SAVED) if is_alone else _("Saved. Somebody else had moved this meanwhile; your place holds.")

    said = create_once(form, move)
    if not said:
        return _show(request, matter, drawing, refused=form)
    return _back(request, matter, said, spot)


@get_or_post
def name(request: Request, pk: UUID, spot: UUID) -> HttpResponse:
    """What a thing of everyday life is called; here it is taken away as well."""
    thing = _find_thing(request, pk, spot)
    form = NameForm(request.POST or None, initial={"name": thing.name, "note": thing.note, "version": thing.version})
    save = saving(actions.name_thing, thing, by=request.actor)
    if form.is_valid() and saved_or_both(form, save):
        return _back(request, thing.matter, SAVED, spot)
    return render_form(request, "circle/name.html", {"matter": thing.matter, "thing": thing}, form=form)


@for_outbox
@require_POST
def remove(request: Request, pk: UUID, spot: UUID) -> HttpResponse:
    # Gone already is as it was wished: of two who take the same thing away neither meets an error.
    thing = _find_thing(request, pk, spot, is_there=False)
    press = sent(request)
    actions.remove_thing(
        thing, idempotency_key=press.idempotency_key, device=press.device, by=request.actor, at=timezone.now()
    )
    return _back(request, thing.matter, _("Taken away. It stays below the list and can be brought back."))


@for_outbox
@require_POST
def return_thing(request: Request, pk: UUID, spot: UUID) -> HttpResponse:
    thing = _find_thing(request, pk, spot, is_there=False)
    press = sent(request)
    actions.return_thing(
        thing, idempotency_key=press.idempotency_key, device=press.device, by=request.actor, at=timezone.now()
    )
    return _back(request, thing.matter, SAVED, spot)


@for_outbox
@get_or_post
def ties(request: Request, pk: UUID, spot: UUID) -> HttpResponse:
    """With whom and what one spot is tied, as the people themselves say."""
    matter = _find(request, pk)
    drawing = draw(matter, request.actor)
    figure = _figure(drawing, spot)
    others = [(str(candidate.pk), candidate.full_name) for candidate in drawing.figures if candidate is not figure]
    form = TieForm(request.POST or None, others=others)
    if form.is_valid():
        _tie(request, actions.tie, matter, spot, UUID(form.cleaned_data["other"]))
        return _back(request, matter, SAVED, spot)
    return render_form(request, "circle/ties.html", {"matter": matter, "figure": figure}, form=form)


@for_outbox
@require_POST
def untie(request: Request, pk: UUID, spot: UUID) -> HttpResponse:
    matter = _find(request, pk)
    drawing = draw(matter, request.actor)
    other = next((candidate for candidate in drawing.figures if str(candidate.pk) == request.POST.get("other")), None)
    if other is not None:
        _tie(request, actions.untie, matter, _figure(drawing, spot).pk, other.pk)
    return _back(request, matter, SAVED, spot)


@for_outbox
@require_POST
def undo(request: Request, pk: UUID) -> HttpResponse:
    return _walk(request, pk, actions.undo, _("Undone."))


@for_outbox
@require_POST
def redo(request: Request, pk: UUID) -> HttpResponse:
    return _walk(request, pk, actions.redo, _("Done again."))


@for_participant(level=2)
@require_GET
def own(request: Request) -> HttpResponse:
    """For a participant: the circle as it was agreed, to look at."""
    matter = find_matter(request, request.actor.space)  # type: ignore[arg-type]
    return render(request, "circle/own.html", {"matter": matter, "drawing": draw(matter, request.actor)})


# ---------------------------------------------------------------- what these share


def _find(request: Request, pk: UUID) -> Matter:
    return find_matter(request, pk, "matters.prepare", sitting=SITTING)


def _figure(drawing: Drawing, spot: UUID) -> Figure:
    # By what this seat sees: an id that was guessed moves nobody.
    figure = drawing.find(spot)
    if figure is None:
        raise Http404
    return figure


def _find_thing(request: Request, pk: UUID, spot: UUID, *, is_there: bool = True) -> Spot:
    """A thing of this matter. is_there: not one that has been taken away."""
    spots = Spot.objects.visible_to(request.actor).filter(matter=pk, member=None)
    rows = spots.present() if is_there else spots
    return find_of_matter(request, rows, spot, "matters.prepare", sitting=SITTING)  # type: ignore[no-any-return]


def _tie(request: Request, act: Any, matter: Matter, first: UUID, second: UUID) -> None:
    press = sent(request)
    act(
        matter, first, second, idempotency_key=press.idempotency_key, device=press.device, by=request.actor,
        at=timezone.now(),
    )  # fmt: skip


def _walk(request: Request, pk: UUID, act: Any, said: str) -> HttpResponse:
    """Undo or do again the move that the button names. A button that names none has nothing to do."""
    matter = _find(request, pk)
    try:
        move = UUID(request.POST.get("move", ""))
    except ValueError:
        return redirect("circle:show", pk=matter.pk)
    press = sent(request)
    is_changed = act(
        matter, move, idempotency_key=press.idempotency_key, device=press.device, by=request.actor, at=timezone.now()
    )
    return _back(
        request, matter, said if is_changed else _("Somebody else has changed this since. It was left as it is now.")
    )


def _back(request: Request, matter: Matter, said: Any, spot: UUID | None = None) -> HttpResponse:
    """To the circle, where the list is open at the one that was changed."""
    messages.success(request, said)
    circle = reverse("circle:show", args=[matter.pk])
    return redirect(f"{circle}?at={spot}#list-{spot}" if spot else circle)


def _show(request: Request, matter: Matter, drawing: Drawing, *, refused: Any = None) -> HttpResponse:
    is_part = request.headers.get("Fragment") == "circle"
    return render(
        request,
        "circle/show.html#circle" if is_part else "circle/show.html",
        {
            "matter": matter,
            "drawing": drawing,
            # One's own: nobody takes back what another has drawn.
            "at_hand": Operation.objects.changes(matter.pk, request.actor.pk).at_hand(),
            "ways": Direction,
            "refused": refused,
            "open_at": request.GET.get("at", ""),
            # Into the part only: a whole page shows them by itself, and each is shown once.
            "said": [message.message for message in messages.get_messages(request)] if is_part else [],
        },
        status=422 if refused else 200,
    )
