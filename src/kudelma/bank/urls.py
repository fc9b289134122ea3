from django.urls import path

from kudelma.bank import views

app_name = "bank"
urlpatterns = [
    path("consultants/", views.consultant_list, name="consultants"),
    path("consultants/own/", views.own, name="own"),
    path("consultants/own/rest/", views.rest, name="rest"),
    path("consultants/own/times/<uuid:pk>/removal/", views.remove, name="remove"),
    path("consultants/<uuid:pk>/", views.consultant_page, name="consultant"),
]
