from django.urls import path

from kudelma.preparation.views import child, preparation, who_comes

app_name = "preparation"
urlpatterns = [
    path("matters/<uuid:pk>/preparation/", preparation.preparation_page, name="show"),
    path("matters/<uuid:pk>/preparation/preparer/", preparation.preparer, name="preparer"),
    path("matters/<uuid:pk>/preparation/speaking/", preparation.speaking, name="speaking"),
    path("matters/<uuid:pk>/preparation/<str:part>/", preparation.part, name="part"),
    path("matters/<uuid:pk>/introduction/", preparation.introduction_page, name="introduction"),
    path("people/<uuid:pk>/child/", child.child, name="child"),
    path("people/<uuid:pk>/child/shown/", child.shown, name="child-shown"),
    path("own/people/", who_comes.who_comes, name="who-comes"),
    path("own/child/", child.own_child, name="own-child"),
]
