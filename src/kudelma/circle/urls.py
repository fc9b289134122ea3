from django.urls import path

from kudelma.circle import views

app_name = "circle"
urlpatterns = [
    path("matters/<uuid:pk>/circle/", views.show, name="show"),
    path("matters/<uuid:pk>/circle/things/new/", views.new_thing, name="new-thing"),
    path("matters/<uuid:pk>/circle/undoing/", views.undo, name="undo"),
    path("matters/<uuid:pk>/circle/redoing/", views.redo, name="redo"),
    path("matters/<uuid:pk>/circle/<uuid:spot>/place/", views.place, name="place"),
    path("matters/<uuid:pk>/circle/<uuid:spot>/name/", views.name, name="name"),
    path("matters/<uuid:pk>/circle/<uuid:spot>/removal/", views.remove, name="remove"),
    path("matters/<uuid:pk>/circle/<uuid:spot>/return/", views.return_thing, name="return"),
    path("matters/<uuid:pk>/circle/<uuid:spot>/ties/", views.ties, name="ties"),
    path("matters/<uuid:pk>/circle/<uuid:spot>/ties/removal/", views.untie, name="untie"),
    path("own/circle/", views.own, name="own"),
]
