"""An unfinished order: its pages one by one, saved at each, until it is sent or thrown away."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kudelma.core.errors import Refused
from kudelma.core.http import Request, get_or_post, render_form, saved_or_both
from kudelma.core.record import record_reading
from kudelma.core.rules import require
from kudelma.matters.models import Kind
from kudelma.orders.actions import drafts
from kudelma.orders.forms import PAGES, OrderPage, of_draft, order_of
from kudelma.orders.models import Draft, Order, Ordering, OrderSource

BACK, LATER = "back", "later"


@get_or_post
def draft_page(request: Request, pk: UUID, number: int) -> HttpResponse:
    """One page. Next, back and going on later all save it; the last page sends the order."""
    draft = Draft.objects.visible_to(request.actor).filter(pk=pk).first()
    if draft is None:
        return _after_sending(request, pk, number)
    require(request.actor, "orders.begin")
    # Before the form is filled: until the reading is recorded, no word of the draft opens.
    record_reading("orders:draft", [draft.pk], by=request.actor, at=timezone.now())
    go = request.POST.get("go", "")
    form = _page_of(draft.ordering, number)(
        request.POST or None,
        initial=draft.said | {"version": draft.version},
        actor=request.actor,
        may_be_open=go in {BACK, LATER},
    )
    here: dict[str, Any] = {"page": number, "by": request.actor, "at": timezone.now()}
    if form.is_valid() and saved_or_both(form, partial(drafts.save_draft, draft, **here)):
        return _go_on(request, draft, number, go)
    # What is right is kept at once: a session may end before the rest has been put right.
    if form.is_bound and form.rest():
        drafts.keep_rest(draft, version=form.cleaned_data["version"], values=form.rest(), **here)
    return _shown(request, draft, number, form)


def _shown(request: Request, draft: Draft, number: int, form: OrderPage) -> HttpResponse:
    last = len(PAGES[draft.ordering])
    context = {
        "number": number,
        "last": last,
        "ordering": draft.ordering,
        "here": reverse("orders:draft", args=[draft.pk, number]),
        "ends_on": draft.ends_on,
    }
    return render_form(request, "orders/draft.html", context, form=form)


def _go_on(request: Request, draft: Draft, number: int, go: str) -> HttpResponse:
    if go == LATER:
        messages.success(request, _("Saved. You can go on later, on another device too."))
        return redirect("desk:today")
    if go == BACK:
        return redirect("orders:draft", pk=draft.pk, number=max(number - 1, 1))
    if number < len(PAGES[draft.ordering]):
        return redirect("orders:draft", pk=draft.pk, number=number + 1)
    return _send(request, draft)


def _send(request: Request, draft: Draft) -> HttpResponse:
    """Send what is whole; otherwise show the first page on which something is still open."""
    # Read anew: the page that was saved just now stands in the row, and not in hand.
    draft = get_object_or_404(Draft.objects.visible_to(request.actor).select_related("seat"), pk=draft.pk)
    values: dict[str, Any] = {}
    for number, form in enumerate(of_draft(draft, request.actor), start=1):
        if not form.is_valid():
            return _shown(request, draft, number, form)
        values |= form.value()
    order = order_of(draft.ordering, values)
    matter = drafts.send_order(draft, values=order, by=request.actor, at=timezone.now())
    writes_down = draft.ordering == Ordering.TOLD
    messages.success(
        request, _("The order is saved.") if writes_down else _("The order has been sent. The coordinator answers it.")
    )
    return redirect(matter)


def _after_sending(request: Request, pk: UUID, number: int) -> HttpResponse:
    """A page of an order that has been sent: to the matter. What was written since then is given back."""
    sent = Order.objects.visible_to(request.actor).filter(by=request.actor).select_related("matter", "unit")
    order = get_object_or_404(sent, matter=pk)
    if request.method == "POST":
        record_reading("orders:draft", [pk], by=request.actor, at=timezone.now())
        form = _page_of(_ordering(order), number)(request.POST, actor=request.actor)
        said = (
            {name: value for name, value in form.cleaned_data.items() if name != "version"} if form.is_valid() else {}
        )
        # Nothing to give back when the order says the same: then it was the same press once more.
        if not said or any((getattr(order, name) or "") != (value or "") for name, value in said.items()):
            raise Refused(drafts.GONE)
    return redirect(order.matter)


def _ordering(order: Order) -> str:
    """On which pages a sent order was written."""
    if order.came != OrderSource.WORKER:
        return Ordering.TOLD
    return Ordering.TEAM if order.matter.kind == Kind.WORKERS else Ordering.MEETING


def _page_of(ordering: str, number: int) -> type[OrderPage]:
    if not 1 <= number <= len(PAGES[ordering]):
        raise Http404
    return PAGES[ordering][number - 1]


@require_POST
def discard(request: Request, pk: UUID) -> HttpResponse:
    """Throw an unfinished order away. Its words need not be opened for that."""
    draft = get_object_or_404(Draft.objects.visible_to(request.actor), pk=pk)
    require(request.actor, "orders.begin")
    drafts.discard_draft(draft, by=request.actor, at=timezone.now())
    messages.success(request, _("The unfinished order is gone. Nothing of it was kept."))
    return redirect("desk:today")
