"""Closing a matter."""

from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kudelma.core.http import Request, get_or_post
from kudelma.matters.actions.closing import close_matter
from kudelma.matters.views.finding import find_matter


@get_or_post
def closing(request: Request, pk: UUID) -> HttpResponse:
    """What closing means, and the button."""
    matter = find_matter(request, pk, "matters.close")
    if request.method == "POST":
        close_matter(matter, by=request.actor, at=timezone.now())
        messages.success(request, _("The matter is closed."))
        return redirect(matter)
    empties_on = timezone.localdate() + relativedelta(months=matter.region.space_months)
    return render(request, "matters/closing.html", {"matter": matter, "empties_on": empties_on})
