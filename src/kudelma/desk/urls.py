from django.urls import path

from kudelma.desk import views

app_name = "desk"
urlpatterns = [
    path("today/", views.today, name="today"),
    path("matters/", views.matter_list, name="matters"),
    path("matters/finding/", views.finding, name="finding"),
    path("matters/<uuid:pk>/", views.matter_page, name="matter"),
    path("own/", views.own, name="own"),
    path("own/openings/", views.openings, name="openings"),
]
