"""The bare view: the same framework, server, template and rows, and nothing of ours in between.

One query of plain values from one table; no middleware, no seat, no rule, no record, no sealing.
Who looks is a fixed head, chosen by a cookie, so that the address (and the picture) stays the same.
"""

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

COOKIE = "looks"


class Row(models.Model):
    """One line of the list as the page shows it."""

    looks = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    number = models.TextField()
    called = models.TextField()
    text = models.TextField()
    detail = models.TextField()
    station = models.PositiveSmallIntegerField()
    url = models.TextField()
    verb = models.TextField()
    since = models.TextField()
    is_long = models.BooleanField()

    class Meta:
        app_label = "bare"
        ordering = ["position"]
        indexes = [models.Index(fields=["looks", "position"], name="bare_rows_in_order")]

    def __str__(self) -> str:
        return f"row {self.pk}"


def heads_file() -> Any:
    return settings.CONFIGURATION.data / "bare.json"


@cache
def heads() -> dict[str, Any]:
    """{who looks: what the masthead prints}, as `listing` wrote it."""
    return json.loads(heads_file().read_text())


def matters(request: HttpRequest) -> HttpResponse:
    looks = request.COOKIES[COOKIE]
    return render(request, "desk/matters.html", {"lines": Row.objects.filter(looks=looks), **heads()[looks]})


def ready(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


DESK = [
    path("today/", ready, name="today"),
    path("matters/", ready, name="matters"),
    path("matters/finding/", ready, name="finding"),
]
urlpatterns = [
    path("matters/", matters),
    path("closed/", ready),
    path("sign-out/", ready, name="account_logout"),
    path("language/", ready, name="language"),
    path("", include((DESK, "desk"))),
]
"""The list, the page by which one sees that the server is up, and the addresses that the template names."""
