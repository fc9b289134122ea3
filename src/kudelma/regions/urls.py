from django.urls import path

from kudelma.regions.views import contacts, places, public

app_name = "regions"
urlpatterns = [
    path("region/", places.settings, name="settings"),
    path("region/places/", places.places, name="places"),
    path("region/places/new/<str:kind>/", places.new_place, name="new-place"),
    path("region/places/<str:kind>/<uuid:pk>/", places.place_page, name="place"),
    path("region/contacts/", contacts.contact_list, name="contacts"),
    path("region/contacts/new/", contacts.new_contact, name="new-contact"),
    path("region/contacts/<uuid:pk>/", contacts.contact_page, name="contact"),
    path("region/contacts/<uuid:pk>/review/", contacts.review, name="review-contact"),
    path("region/contacts/<uuid:pk>/removal/", contacts.removal, name="remove-contact"),
    path("regions/<str:code>/", public.region_page, name="region"),
    path("regions/<str:code>/question/", public.question_page, name="question"),
    path("regions/<str:code>/question/<int:place>/", public.question_page, name="question-place"),
    path("regions/<str:code>/handbook/", public.handbook, name="handbook"),
    path("regions/<str:code>/handbook/<slug:slug>/", public.chapter_page, name="chapter"),
]
