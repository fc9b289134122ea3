"""A family asks for a call on the public page. Nobody needs to be in, and the device keeps nothing."""

from functools import partial

from allauth.core import ratelimit
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kudelma.core.http import Request, create_once, get_or_post, render_form
from kudelma.orders.actions.orders import wish_for_call
from kudelma.orders.forms import WishForm
from kudelma.people.doors import public
from kudelma.regions.models import Region

TOO_MANY = _("Many have asked for a call from here just now. Try again in an hour. What you wrote is still here.")


@public
@get_or_post
def wish(request: Request, code: str) -> HttpResponse:
    """Three questions. The thanks stand on the answer itself, so that no address tells what was done."""
    region = get_object_or_404(Region, code=code)
    form = WishForm(request.POST or None)
    if form.is_valid() and not ratelimit.consume(request, action="wish", dry_run=True):
        form.add_error(None, TOO_MANY)
    create = partial(wish_for_call, region, at=timezone.now())
    if form.is_valid() and create_once(form, create):
        # Counted only when something was made: people in one house share an address, and a slip uses up nobody's turn.
        ratelimit.consume(request, action="wish")
        return render(request, "orders/wished.html", {"region": region})
    return render_form(request, "orders/wish.html", {"region": region}, form=form)
