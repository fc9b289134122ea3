from django.urls import path

from kudelma.plans import views

app_name = "plans"
urlpatterns = [
    path("meetings/<uuid:pk>/plan/", views.begin, name="begin"),
    path("plans/<uuid:pk>/", views.show, name="show"),
    path("plans/<uuid:pk>/rows/<uuid:member>/", views.row, name="row"),
    path("plans/<uuid:pk>/rows/<uuid:row>/correcting/", views.change_row, name="change-row"),
    path("plans/<uuid:pk>/rows/<uuid:row>/taking-back/", views.take_back, name="take-back"),
    path("plans/<uuid:pk>/onwards/", views.onwards, name="onwards"),
    path("plans/<uuid:pk>/sheet/", views.paper, name="sheet"),
    path("own/plan/", views.own, name="own"),
]
