from django.urls import path

from kudelma.pairing.views import chairing, offers

app_name = "pairing"
urlpatterns = [
    path("matters/<uuid:pk>/pair/", offers.pair, name="pair"),
    path("matters/<uuid:pk>/pair/two/", offers.two, name="pair-two"),
    path("matters/<uuid:pk>/pair/name/", offers.name, name="pair-name"),
    path("matters/<uuid:pk>/chair/", chairing.chair, name="chair"),
    path("offers/<uuid:pk>/", offers.offer, name="offer"),
    path("offers/<uuid:pk>/names/", offers.names, name="offer-names"),
    path("pairings/<uuid:pk>/ending/", offers.end, name="end-pairing"),
    path("changes/<uuid:pk>/telling/", offers.tell_change, name="tell-change"),
]
