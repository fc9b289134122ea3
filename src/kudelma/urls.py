"""The front doors. Each room has its own list; every line of every list stands in the access table."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from kudelma.core import views
from kudelma.live.views import stream
from kudelma.people.doors import public
from kudelma.people.urls import allauth_names
from kudelma.regions.views.public import home

handler403 = "kudelma.core.views.forbidden"
handler404 = "kudelma.core.views.not_found"
handler500 = "kudelma.core.views.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("language/", public(views.language), name="language"),
    path("live/<uuid:target>/", public(stream), name="live"),
    *allauth_names,
    path("", include("kudelma.people.urls")),
    path("", include("kudelma.desk.urls")),
    path("", include("kudelma.regions.urls")),
    path("", include("kudelma.bank.urls")),
    path("", include("kudelma.matters.urls")),
    path("", include("kudelma.orders.urls")),
    path("", include("kudelma.members.urls")),
    path("", include("kudelma.pairing.urls")),
    path("", include("kudelma.preparation.urls")),
    path("", include("kudelma.circle.urls")),
    path("", include("kudelma.meetings.urls")),
    path("", include("kudelma.board.urls")),
    path("", include("kudelma.plans.urls")),
    path("", include("kudelma.feedback.urls")),
    path("demo/", include("kudelma.demo.urls")),
]
if settings.DEMO:
    from kudelma.core.gallery import gallery

    urlpatterns.append(path("ui/", public(gallery), name="gallery"))
