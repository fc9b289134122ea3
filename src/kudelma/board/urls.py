from django.urls import path

from kudelma.board import views

app_name = "board"
urlpatterns = [
    path("meetings/<uuid:pk>/beginning/", views.begin, name="begin"),
    path("meetings/<uuid:pk>/board/", views.show, name="show"),
    path("meetings/<uuid:pk>/turn/", views.turn, name="turn"),
    path("meetings/<uuid:pk>/lines/", views.line, name="line"),
    path("meetings/<uuid:pk>/onwards/", views.onwards, name="onwards"),
    path("lines/<uuid:pk>/", views.change, name="change-line"),
    path("lines/<uuid:pk>/nod/", views.nod, name="nod"),
    path("lines/<uuid:pk>/taking-back/", views.take_back, name="take-back"),
    path("meetings/<uuid:pk>/ending/", views.end, name="end"),
]
