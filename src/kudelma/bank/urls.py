from django.urls import path

from kudelma.bank import views

app_name = "bank"
urlpatterns = [
    path("consultants/", views.consultants, name="consultants"),
    path("consultants/<uuid:pk>/", views.consultant, name="consultant"),
]
