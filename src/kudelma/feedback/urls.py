from django.urls import path

from kudelma.feedback import views

app_name = "feedback"
urlpatterns = [path("meetings/<uuid:pk>/feedback/", views.give, name="give")]
