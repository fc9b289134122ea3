"""The address of a stream, for templates. Streams are answered by the event loop, before pages are asked."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse


def stream(request: HttpRequest, target: UUID) -> HttpResponse:
    raise Http404
