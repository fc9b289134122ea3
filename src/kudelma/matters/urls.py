from django.urls import path

from kudelma.matters.views import closing

app_name = "matters"
urlpatterns = [
    path("matters/<uuid:pk>/closing/", closing.closing, name="closing"),
]
