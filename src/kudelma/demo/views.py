"""The demo's two pages: whose eyes, and the letterbox. Outside the demo they do not exist."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from kudelma.demo import letterbox, people
from kudelma.people.doors import public


@public
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/index.html", {"work": people.WORK, "family": people.FAMILY})


@public
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    slug = request.POST.get("seat", "")
    if not people.sign_in(request, slug):
        raise Http404
    return redirect("desk:own" if slug in {button.slug for button in people.FAMILY} else "desk:today")


@public
@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/letterbox.html", {"items": letterbox.items()})
