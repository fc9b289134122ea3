from django.urls import path

from kudelma.regions import views

app_name = "regions"
urlpatterns = [
    path("region/", views.settings, name="settings"),
    path("region/places/", views.places, name="places"),
    path("region/places/new/<str:kind>/", views.new_place, name="new-place"),
    path("region/places/<str:kind>/<uuid:pk>/", views.place, name="place"),
]
