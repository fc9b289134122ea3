"""What anybody may read, signed in or not: the front page, a region's page, the guided question, the handbook.

Nothing here writes, records or asks who reads.
"""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_GET

from kudelma.core.doors import public
from kudelma.core.http import Request
from kudelma.regions import handbook as book
from kudelma.regions.models import ContactPerson, Region
from kudelma.regions.question import ENDINGS, FIRST, QUESTIONS


@public
@require_GET
def home(request: Request) -> HttpResponse:
    regions = Region.objects.with_page(timezone.localdate())
    # Sorted here: by the name in the language being spoken, of which the database knows nothing.
    by_name = sorted(regions, key=lambda region: region.name)
    return render(request, "home.html", {"regions": by_name, "for_families": True})


@public
@require_GET
def region_page(request: Request, code: str) -> HttpResponse:
    region = _region(code)
    context = _ways_on(request, region) | {"hours": region.meeting_minutes / 60}
    return _page(request, "regions/region.html", region, context)


@public
@require_GET
def question_page(request: Request, code: str, place: int = FIRST) -> HttpResponse:
    region = _region(code)
    context: dict[str, Any] = {"question": QUESTIONS.get(place), "ending": ENDINGS.get(place), "number": place}
    if not context["question"] and not context["ending"]:
        raise Http404
    if context["ending"]:
        context |= _ways_on(request, region)
    return _page(request, "regions/question.html", region, context)


@public
@require_GET
def handbook(request: Request, code: str) -> HttpResponse:
    return _page(request, "regions/handbook.html", _region(code), {"chapters": book.CHAPTERS})


@public
@require_GET
def chapter_page(request: Request, code: str, slug: str) -> HttpResponse:
    region = _region(code)
    chapter = book.chapter(slug)
    if chapter is None:
        raise Http404
    context = {"chapter": chapter, "next": book.following(chapter), "books": book.BOOKS, "chapters": book.CHAPTERS}
    return _page(request, chapter.template, region, context)


def order_address(region: Region) -> str:
    """Where a family orders in this region; empty while there is no such page."""
    # By its name and not by an import: the page stands in a room further down.
    try:
        return reverse("orders:wish", args=[region.code])
    except NoReverseMatch:
        return ""


def _region(code: str) -> Region:
    return get_object_or_404(Region.objects.with_page(timezone.localdate()), code=code)


def _ways_on(request: Request, region: Region) -> dict[str, Any]:
    """Where one orders, and whom one may call.

    When an entry has not been looked at for too long, the region's own number stands instead.
    """
    today = timezone.localdate()
    everybody = list(ContactPerson.objects.of_page(region))
    shown = [person for person in everybody if person.is_shown(today)]
    return {
        "orders_at": order_address(region),
        # For most other seats the button would end in a refusal; the coordinator writes down orders from the desk.
        "may_sign_in": request.actor is None or request.actor.role == "worker",
        "contacts": [{"person": person, "last_checked": _month(person, today)} for person in shown],
        "help_phone": region.help_phone if not shown or len(shown) < len(everybody) else "",
    }


def _month(contact: ContactPerson, today: date) -> str:
    """The month in which the entry was last checked, once its day of review has passed."""
    return date_format(contact.checked_on, "YEAR_MONTH_FORMAT") if contact.waits_for_review(today) else ""


def _page(request: Request, template: str, region: Region, context: dict[str, Any]) -> HttpResponse:
    """A page of the region that families read too: with easy Finnish, and a way out for those who do not work here."""
    return render(request, template, {"region": region, "for_families": True, **context})
