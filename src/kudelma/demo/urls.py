from django.conf import settings
from django.urls import path

from kudelma.demo import views

app_name = "demo"
# Elsewhere there is no such address at all: whoever presses here comes in without a password.
urlpatterns = (
    [
        path("", views.index, name="index"),
        path("sign-in/", views.sign_in, name="sign-in"),
        path("letterbox/", views.letters, name="letterbox"),
    ]
    if settings.DEMO
    else []
)
